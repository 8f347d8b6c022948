extension RulePage {
    static let deltaOutlier = RulePage(
        code: .deltaOutlier,
        name: "Tensor moved unlike its kind",
        measures: """
            The relative change ‖Δ‖/‖base‖ of a tensor, as a robust z among the tensors of the same kind in other \
            layers. Reported are those with a z above 20.
            """,
        why: """
            Fine-tuning changes neighbouring layers alike. One that stands out may have been edited or trained \
            separately.
            """,
        misses: """
            An attacker who spreads the change evenly is not seen. First and last layers stand out in honest models \
            as well.
            """,
        action: """
            Compare with how the supplier says the model was trained: frozen layers and adapters leave such \
            patterns.
            """,
        taxonomy: [.manipulateModel, .measure27]
    )
}
