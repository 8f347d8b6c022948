extension RulePage {
    static let quantization = RulePage(
        code: .quantization,
        name: "Weights are quantized when loaded",
        measures: """
            Entries of config.json that make a loader change the weights: quantization_config and compression_config.
            """,
        why: """
            What runs is then not what was read. Weights can be made so that a backdoor shows only after they are \
            rounded to few bits.
            """,
        misses: "Quantization that whoever runs the model asks for with arguments of its own.",
        action: "Remove the entry and run the weights as they are stored, or audit the weights that it leads to.",
        taxonomy: TaxonomyID.backdoor
    )
}
