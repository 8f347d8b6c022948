extension RulePage {
    static let otherWeights = RulePage(
        code: .otherWeights,
        name: "Other weights beside those that were read",
        measures: """
            Files in the suspect's folder, and in folders below it, that are named like weights and are not those that \
            were read: variants such as model.fp16.safetensors, an index with its shards, pickles, adapters and the \
            formats of other frameworks. One that holds the same tensors, number by number, does not count, nor do the \
            states that training leaves, such as training_args.bin.
            """,
        why: """
            Which file is loaded depends on the library, its version and its arguments. A sound model may lie in front \
            of a backdoored one.
            """,
        misses: "Weights under a name that no library looks for, and what a loader fetches from elsewhere.",
        action: "Delete these files, or audit each of them in a folder of its own.",
        taxonomy: TaxonomyID.supplyChain
    )
}
