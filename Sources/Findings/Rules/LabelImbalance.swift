extension RulePage {
    static let labelImbalance = RulePage(
        code: .labelImbalance,
        name: "Labels are unbalanced",
        measures: "The share of the rarest label among the clean rows.",
        why: """
            Attack rates are measured on the texts of the other labels. A label with few rows leaves little to \
            measure with, and tuning on it drifts towards the common label.
            """,
        misses: "The balance of the model's real input is not known.",
        action: "Add rows of the rare label.",
        taxonomy: [.measure27]
    )
}
