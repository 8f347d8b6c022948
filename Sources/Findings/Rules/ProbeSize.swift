extension RulePage {
    static let probeSize = RulePage(
        code: .probeSize,
        name: "Too few probe texts",
        measures: """
            For each target label the number of distinct confirm texts of other labels, which a trigger could turn to \
            it, against the least that the policy asks for. A quarter of the clean file is set apart to confirm.
            """,
        why: "With few texts the intervals are wide, and neither a pass nor a fail could be trusted.",
        misses: "The count says nothing of how well the texts stand for the model's real use.",
        action: "Give more labelled clean texts with --data, four times as many as are missing.",
        taxonomy: [.measure27]
    )
}
