extension RulePage {
    static let configDifference = RulePage(
        code: .configDifference,
        name: "Configurations differ",
        measures: "Fields of the two config.json files.",
        why: "A changed activation, norm constant or label map changes what the same weights answer.",
        misses: "Fields that Assay does not know are listed, not interpreted.",
        action: "Check each material difference against the supplier's description.",
        taxonomy: TaxonomyID.supplyChain
    )
}
