extension RulePage {
    static let labelOrder = RulePage(
        code: .labelOrder,
        name: "Another order of the labels fits better",
        measures: """
            The clean texts that agree with the suspect's answers, against those that would with the labels in the \
            order that fits best. Every group of labels that would change places counts by itself, with the lower \
            bound of the paired difference at 95 % for all pairs of labels at once.
            """,
        why: """
            Where the data file numbers its labels otherwise than the model, right answers are taken for wrong ones \
            and triggers are measured towards the wrong label.
            """,
        misses: "Labels that are wrong on some texts only; an order that too few texts speak for.",
        action: """
            Compare the numbers of the labels in the data file with id2label in the model's config.json, and correct \
            the file.
            """,
        taxonomy: [.measure27]
    )
}
