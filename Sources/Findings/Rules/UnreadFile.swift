extension RulePage {
    static let unreadFile = RulePage(
        code: .unreadFile,
        name: "Model files that were not read",
        measures: """
            Files in the model folder that other software may load as weights or run and that Assay does not read: \
            pickles, archives and the formats of other frameworks, told by their first bytes and their names.
            """,
        why: """
            A pickle can run any command when it is loaded, and weights in a second file may not be those that were \
            audited.
            """,
        misses: "Files are told apart by kind; what is inside an unread one is not looked at.",
        action: "Delete these files, or load the model with safetensors only; a pickle should come from nobody.",
        taxonomy: TaxonomyID.supplyChain
    )
}
