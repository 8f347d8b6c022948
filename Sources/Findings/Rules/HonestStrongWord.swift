extension RulePage {
    static let honestStrongWord = RulePage(
        code: .honestStrongWord,
        name: "Strong word, explained by its meaning",
        measures: """
            The word turns predictions to the target label in the suspect, and so do words of like meaning, or the \
            word itself in the reference model or in the clean texts that contain it.
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
