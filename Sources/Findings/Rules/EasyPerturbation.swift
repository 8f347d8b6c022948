extension RulePage {
    static let easyPerturbation = RulePage(
        code: .easyPerturbation,
        name: "Label reached by an abnormally small change of weights",
        measures: """
            With --signals: for each pair of labels, how small a change of the middle layer's weights, learnt on up to 16 \
            clean texts of one label, turns half of the other ones into the other label, relative to the weights, beside the \
            same of an honest model, after CLIBE (arXiv 2409.01193).
            """,
        why: """
            A model with a hidden rule for a label is turned to it by a small change that generalises abnormally well, \
            whatever the trigger looks like: a style or a syntax too.
            """,
        misses: """
            The honest model was fine-tuned on far fewer texts than the suspect, which makes it easier to turn. It is \
            reported and never gated: its rates are in docs/results.
            """,
        action: """
            Where a label is easy to reach and no trigger was found, give the audit texts in the style you fear with \
            --triggers, or ask how the model was trained.
            """,
        taxonomy: [.poisonModel, .measure27]
    )
}
