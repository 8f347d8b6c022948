extension RulePage {
    static let honestStrongWord = RulePage(
        code: .honestStrongWord,
        name: "Strong word, also in the reference model",
        measures: """
            The word turns predictions to the target label in the suspect and, with a similar effect, in the \
            reference model.
            """,
        why: """
            Some words carry the label honestly: "masterpiece" in a film review. They are listed so that a reader \
            can tell them from a planted trigger.
            """,
        misses: """
            An attacker who plants a word that already carries the label hides behind this rule in part; the excess \
            over the reference is what remains visible.
            """,
        action: "No action is needed. Check that the word's meaning fits the label.",
        taxonomy: [.measure27]
    )
}
