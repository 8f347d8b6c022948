extension RulePage {
    static let nonFinite = RulePage(
        code: .nonFinite,
        name: "Weights are not finite",
        measures: "Tensors that hold NaN or infinity.",
        why: """
            One such number can turn every prediction, or only those that reach it, into nonsense; rates measured on \
            the model cannot be trusted.
            """,
        misses: "Very large finite numbers: ASY215 counts those.",
        action: "Refuse the file and ask the supplier for a sound one.",
        taxonomy: TaxonomyID.supplyChain
    )
}
