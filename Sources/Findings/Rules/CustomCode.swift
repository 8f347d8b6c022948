extension RulePage {
    static let customCode = RulePage(
        code: .customCode,
        name: "Model folder carries code",
        measures: "Python files, auto_map and trust_remote_code entries in the model folder.",
        why: """
            Loading such a model elsewhere may run that code. Assay never runs it, so what it does is not part of \
            this audit.
            """,
        misses: "The code is listed, not analysed.",
        action: "Read the code before you load the model, or load it with remote code switched off.",
        taxonomy: TaxonomyID.supplyChain
    )
}
