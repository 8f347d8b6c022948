extension RulePage {
    static let labelImbalance = RulePage(
        code: .labelImbalance,
        name: "Labels are unbalanced",
        measures: "Whether the most frequent label has more than three times the clean rows of the rarest.",
        why: """
            Attack rates are measured on the texts of the other labels. A label with few rows leaves little to \
            measure with, and tuning on it drifts towards the common label.
            """,
        misses: "The balance of the model's real input is not known.",
        action: "Add rows of the rare label.",
        taxonomy: [.measure27]
    )
}
