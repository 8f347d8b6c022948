extension RulePage {
    static let searchPower = RulePage(
        code: .searchPower,
        name: "Search could have missed a working trigger",
        measures: """
            For each target label the probability that the search would have kept a token that turns 90 % of the texts \
            to it through all its rounds, against the policy's minimum-search-power. The label with the least decides.
            """,
        why: "Where a trigger that surely works would probably have been missed, finding none says nothing.",
        misses: """
            The power is that of single tokens. Phrases, sentences and triggers of style are found more rarely than it \
            says.
            """,
        action: """
            Give more clean texts, above all of the labels other than the one that is named, or search every token \
            with --scan exhaustive.
            """,
        taxonomy: [.measure27]
    )
}
