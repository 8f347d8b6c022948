extension RulePage {
    static let sameAsBase = RulePage(
        code: .sameAsBase,
        name: "Suspect and base are the same model",
        measures: """
            The suspect's tensors that differ from the base's by more than rounding, or that the base lacks. Heads \
            that only the base has and constants such as position numbers do not count.
            """,
        why: """
            The audit looks for what fine-tuning changed. A model that is compared with itself shows no change, \
            whatever is planted in it.
            """,
        misses: "A base that is another copy with a single weight changed, or one that holds the same backdoor.",
        action: """
            Give the pre-trained model that the suspect was fine-tuned from with --base, and pin it with \
            --base-sha256.
            """,
        taxonomy: [.supplyChainModel, .measure27]
    )
}
