extension RulePage {
    static let wrongBase = RulePage(
        code: .wrongBase,
        name: "Base does not look like the suspect's",
        measures:
            "The median cosine between the suspect's matrices and the base's, and the share of elements that changed.",
        why: """
            Everything is measured against the base. With a wrong one, every row and tensor looks moved and \
            Fine-mixing breaks the model.
            """,
        misses:
            "A poisoned base looks right. A close relative, such as another seed's checkpoint of one family, may too.",
        action: "Find the exact base the suspect was fine-tuned from and pin it with --base-sha256.",
        taxonomy: [.supplyChainModel, .measure27]
    )
}
