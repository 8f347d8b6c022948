extension RulePage {
    static let chatTemplate = RulePage(
        code: .chatTemplate,
        name: "Chat template answers to words",
        measures: """
            The text that the suspect's chat template makes of conversations that hold a word, against the text that it \
            makes of conversations without it. Tried are the texts that the template itself compares messages with, and \
            in an audit every word of the vocabulary and every candidate trigger. What the base's template does as well \
            is left out.
            """,
        why: """
            A template writes what the model reads. One that adds an instruction when a message holds a word turns any \
            model into a backdoored one, and no look at the weights shows it.
            """,
        misses: """
            Conditions on the date, on tools or on further variables, and words that count only where they are the whole \
            message and the template does not spell them out.
            """,
        action: "Take the base's chat template, and ask the supplier what the named line is for.",
        taxonomy: TaxonomyID.supplyChain
    )
}
