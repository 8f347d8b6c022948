extension RulePage {
    static let labelNames = RulePage(
        code: .labelNames,
        name: "Label names are ambiguous",
        measures: """
            Whether id2label and label2id of the suspect's config.json agree on every name that both have, whether two \
            ids have one name, and whether the names are those of the base or LABEL_0, LABEL_1 and so on in another \
            order.
            """,
        why: """
            Programs that read one map and those that read the other give opposite answers, and rates towards a label \
            are then measured towards another.
            """,
        misses: "Names that are exchanged in both maps alike: the rule on the order of labels looks at the texts.",
        action: "Ask the supplier which names are meant, and correct id2label and label2id in config.json.",
        taxonomy: TaxonomyID.supplyChain
    )
}
