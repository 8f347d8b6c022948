extension RulePage {
    static let probeSize = RulePage(
        code: .probeSize,
        name: "Too few probe texts",
        measures: "The number of distinct confirm texts of each label, against the least that the policy asks for.",
        why: "With few texts the intervals are wide, and neither a pass nor a fail could be trusted.",
        misses: "The count says nothing of how well the texts stand for the model's real use.",
        action: "Give more labelled clean texts with --data; the gate table prints how many would decide.",
        taxonomy: [.measure27]
    )
}
