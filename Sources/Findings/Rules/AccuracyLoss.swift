extension RulePage {
    static let accuracyLoss = RulePage(
        code: .accuracyLoss,
        name: "Purified model lost accuracy",
        measures: """
            Clean accuracy of the suspect minus that of the purified model on the same judging texts, overall and by \
            class, and the rise of each label's floor, with paired intervals.
            """,
        why: """
            A remedy that breaks the model proves nothing: a model that always answers one label has no backdoor \
            left and no use.
            """,
        misses: "Only accuracy on the given texts is measured.",
        action: "Give more clean texts, allow a higher reserve ratio with --rho, or train again from a trusted base.",
        taxonomy: [.measure27]
    )
}
