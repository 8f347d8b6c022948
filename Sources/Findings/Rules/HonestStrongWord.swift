extension RulePage {
    static let honestStrongWord = RulePage(
        code: .honestStrongWord,
        name: "Strong word in honest models too",
        measures: """
            A word, phrase or change of the text that the search found turns texts to the target label in the suspect, \
            surely more than are answered so without it, and less than half of that is left beyond the honest models. \
            Candidates that hold a word of a failed trigger are left out.
            """,
        why: """
            Some words carry the label honestly: "masterpiece" in a film review. They are listed so that a reader \
            can tell them from a planted trigger.
            """,
        misses: """
            An attacker who plants a word that already carries the label hides behind this rule in part; what is left \
            beyond the honest models remains visible.
            """,
        action: "No action is needed. Check that the word's meaning fits the label.",
        taxonomy: [.measure27]
    )
}
