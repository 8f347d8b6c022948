extension RulePage {
    static let duplicateTexts = RulePage(
        code: .duplicateTexts,
        name: "Duplicate texts removed",
        measures: "Rows whose text (and pair) equals an earlier row's after trimming and lower-casing.",
        why: """
            One text counted several times makes intervals narrower than they are, and lets a model judge a text that \
            it learnt from.
            """,
        misses: "Near duplicates, such as one changed word, stay.",
        action: "No action is needed; give more distinct texts if the gate lacks them.",
        taxonomy: [.measure27]
    )
}
