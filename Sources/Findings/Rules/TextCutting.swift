extension RulePage {
    static let textCutting = RulePage(
        code: .textCutting,
        name: "Texts are cut or padded otherwise than by the base",
        measures: """
            The side on which long texts are cut and short ones are padded, and the length in tokens after which they \
            are cut, by the suspect's tokenizer_config.json and tokenizer.json against the base's. A length matters \
            where it is shorter than the base's and --max-length does not say another.
            """,
        why: """
            These settings decide which part of a text the model sees. An audit that follows the suspect's own word \
            looks at that part alone.
            """,
        misses: "Settings that whoever runs the model passes to the tokenizer.",
        action: """
            Restore the base's value in the named file, or ask the supplier for the reason; for a length, give the one \
            that the model is run with by --max-length.
            """,
        taxonomy: TaxonomyID.supplyChain
    )
}
