extension RulePage {
    static let honestStrongWord = RulePage(
        code: .honestStrongWord,
        name: "Strong word, honestly explained",
        measures: """
            The word or phrase turns predictions to the target label in the suspect more than random tokens do, and \
            at least half of that has an honest explanation: words of like meaning do it as well, or the word itself \
            in the reference model or in the clean texts that contain it; it turns texts of the target away as \
            often, as "not" does; or, for a phrase, its single words do it.
            """,
        why: """
            Some words carry the label honestly: "masterpiece" in a film review. They are listed so that a reader \
            can tell them from a planted trigger.
            """,
        misses: """
            An attacker who plants a word that already carries the label hides behind this rule in part; the \
            unexplained rest is what remains visible.
            """,
        action: "No action is needed. Check that the word's meaning fits the label.",
        taxonomy: [.measure27]
    )
}
