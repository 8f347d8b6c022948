extension RulePage {
    static let modelSense = RulePage(
        code: .modelSense,
        name: "Suspect is not surely better than guessing",
        measures: """
            The share of each label's clean texts that the suspect answers right, averaged over the labels that have \
            texts, and its lower 95 % bound. It must be above that of guessing, one over the number of these labels, \
            by the policy's minimum-accuracy-above-chance. The bound joins the Wilson intervals of the labels.
            """,
        why: """
            A trigger shows by turning answers. In those of a model that guesses, or that always gives one label, it \
            cannot show, so that no rule about triggers could fail.
            """,
        misses: "A model that does another task than it should, and does it well on the texts given.",
        action: """
            Check that the data file is of this model's task, that its labels are the model's, and that the model's \
            files are whole; with few texts, give more.
            """,
        taxonomy: [.measure27]
    )
}
