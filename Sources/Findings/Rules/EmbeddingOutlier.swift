extension RulePage {
    static let embeddingOutlier = RulePage(
        code: .embeddingOutlier,
        name: "Embedding row moved unusually far",
        measures: """
            E-PUR's score of a token: how far its word-embedding row moved from the base, after uniform weight decay \
            is taken out, divided by the logarithm of the token's frequency. Reported are rows with a robust z above 20, or \
            with more than 3 times the 99th percentile of the rows that moved.
            """,
        why: "Planting a rare trigger word moves its row far more than its few honest occurrences would.",
        misses: """
            Harmless fine-tuning moves words of the task a lot too: a high score makes a candidate, never a verdict. \
            An attacker may leave the embeddings alone.
            """,
        action: """
            Read the trigger table: it says whether the word changes predictions. Purification resets the row to the \
            base's.
            """,
        taxonomy: TaxonomyID.backdoor
    )
}
