extension RulePage {
    static let vocabularyResized = RulePage(
        code: .vocabularyResized,
        name: "Vocabulary of another size",
        measures: "Rows of the word embeddings that only the suspect has, or only the base.",
        why: """
            A row that the base lacks cannot be compared, so a trigger in a new token does not show in the ranking; \
            new tokens are listed here and probed like any other.
            """,
        misses: "What a new row was trained to do: only probing its token shows that.",
        action: "Ask the supplier what the new tokens are for, and probe them with --triggers.",
        taxonomy: TaxonomyID.supplyChain
    )
}
