extension RulePage {
    static let fewRowsChanged = RulePage(
        code: .fewRowsChanged,
        name: "Only a few embedding rows changed",
        measures: "The number of word-embedding rows that moved above rounding, when it is below 100.",
        why: """
            Ordinary fine-tuning moves the row of every token in its data. A handful of changed rows is what \
            embedding poisoning leaves behind: one row swapped, all else untouched.
            """,
        misses:
            "A model fine-tuned with frozen embeddings and one row edited by hand for a good reason looks the same.",
        action: "Ask the supplier how the rows were changed. Try each as a trigger with --triggers.",
        taxonomy: TaxonomyID.backdoor
    )
}
