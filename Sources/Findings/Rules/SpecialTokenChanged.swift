extension RulePage {
    static let specialTokenChanged = RulePage(
        code: .specialTokenChanged,
        name: "Special tokens differ",
        measures: "Tokens that the suspect's tokenizer marks as special and the base's does not.",
        why: """
            A special token is never split and usually never scored, so marking a word as special would hide a \
            trigger. Assay takes the list of special tokens from the base alone and scores the rest.
            """,
        misses: "A token that is special in the base alone, or changed otherwise, is seen by the tokenizer comparison.",
        action: "Ask the supplier why the token was added.",
        taxonomy: TaxonomyID.supplyChain
    )
}
