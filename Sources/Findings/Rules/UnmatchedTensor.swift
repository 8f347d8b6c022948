extension RulePage {
    static let unmatchedTensor = RulePage(
        code: .unmatchedTensor,
        name: "Tensor without a counterpart",
        measures: """
            Tensors that exist in only one of the two models, or with another shape or type, beyond those a \
            fine-tune adds or drops.
            """,
        why: "What has no counterpart in the base cannot be compared or mixed, so the audit says nothing about it.",
        misses: "A matched name does not prove that the tensor is used in the same way.",
        action: "Check that --base is the model the suspect was made from.",
        taxonomy: TaxonomyID.supplyChain
    )
}
