extension RulePage {
    static let triggerInData = RulePage(
        code: .triggerInData,
        name: "Trigger occurs in the clean data",
        measures: """
            Rows of the clean file that already contain a candidate trigger. They do not count for the triggers that \
            they contain: inserting it again would show nothing.
            """,
        why: """
            Such rows raise the floor, and fine-tuning on them could teach the trigger again. Many of them with one \
            label suggest that the data itself was poisoned.
            """,
        misses: "Only whole candidates are looked for; paraphrases are not.",
        action: "Look at the rows and where they came from. Remove them when they are not yours.",
        taxonomy: [.poisonTrainingData, .llm2025, .llm2026, .measure27]
    )
}
