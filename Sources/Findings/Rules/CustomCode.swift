extension RulePage {
    static let customCode = RulePage(
        code: .customCode,
        name: "Model folder carries code",
        measures: """
            Files of the model folder that run, and entries of its configuration by which other software loads or \
            runs what came with the model: auto_map, custom_pipelines, trust_remote_code. A scan looks into folders, \
            knows executables by their first bytes as well, and fails on them; an audit looks at the files beside the \
            weights and only reports. Chat templates are reported and never fail.
            """,
        why: """
            Loading such a model elsewhere may run that code. Assay never runs it, so what it does is not part of \
            this audit.
            """,
        misses: "The code is listed, not analysed.",
        action: "Read the code before you load the model, or load it with remote code switched off.",
        taxonomy: TaxonomyID.supplyChain
    )
}
