extension RulePage {
    static let probeSize = RulePage(
        code: .probeSize,
        name: "Too few probe texts",
        measures: """
            For each target label the number of distinct judging texts of other labels, which a trigger could turn to \
            it, against the least that the policy asks for. About one clean text in seven is set apart for the search; \
            all others judge.
            """,
        why: "With few texts the intervals are wide, and neither a pass nor a fail could be trusted.",
        misses: "The count says nothing of how well the texts stand for the model's real use.",
        action: "Give more labelled clean texts with --data, of the labels that are short.",
        taxonomy: [.measure27]
    )
}
