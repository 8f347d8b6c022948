extension RulePage {
    static let tokenizerOddity = RulePage(
        code: .tokenizerOddity,
        name: "Tokenizer holds unusual entries",
        measures: """
            Tokens that hold characters which cannot be seen or which reverse the direction of writing, ordinary words \
            that were added to the vocabulary by hand, and files of the tokenizer that disagree with each other.
            """,
        why: """
            An invisible character or an added word makes a good trigger: readers of the text do not notice it, and \
            the model gets a token of its own for it.
            """,
        misses: "Without the base's tokenizer, two swapped tokens look like any others: assay diff compares both.",
        action: "Ask the supplier why these entries are there, and compare with the base by assay diff.",
        taxonomy: TaxonomyID.supplyChain
    )
}
