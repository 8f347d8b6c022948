extension RulePage {
    static let tokenizerDifference = RulePage(
        code: .tokenizerDifference,
        name: "Tokenizers differ",
        measures: "Vocabulary entries, special tokens and settings of the two tokenizers.",
        why: "Two swapped ids or one added token change what the model reads without any change of a weight.",
        misses: "Code in a custom tokenizer class is never run and so never compared.",
        action: "Use the base's tokenizer, or ask the supplier for the reason of each material difference.",
        taxonomy: TaxonomyID.supplyChain
    )
}
