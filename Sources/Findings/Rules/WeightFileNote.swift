extension RulePage {
    static let weightFileNote = RulePage(
        code: .weightFileNote,
        name: "Unusual files of weights",
        measures: """
            What the files of weights have that is allowed and unusual: members without a checksum, storages and \
            tensors that no index names, weights in a second file.
            """,
        why: "Other software may read what Assay leaves aside, or leave aside what it reads.",
        misses: "Whether the bytes that nothing refers to mean anything.",
        action: "Ask the supplier for the weights in one set of files, best safetensors.",
        taxonomy: TaxonomyID.supplyChain
    )
}
