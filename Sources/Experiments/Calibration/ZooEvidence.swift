import Audit
import Findings

/// What an audit measured of the triggers it found, ready to be judged under any limits without running a model.
struct ZooEvidence: Sendable, Equatable {
    /// The largest lower bound of what is left unexplained: the model fails at every limit below it. Nil where no
    /// trigger was confirmed.
    let lower: Double?
    /// The largest upper bound: the model passes where it is within the limits.
    let upper: Double?
    /// Whether the model was run and everything confirmed could be compared with its controls.
    let isComplete: Bool

    init(_ triggers: [TriggerResult]?) {
        let measured = (triggers ?? []).filter(\.source.isDiscovered).compactMap { $0.on(.suspect) }
        let left = measured.compactMap(\.unexplained?.interval)
        lower = left.map(\.lower).max()
        upper = left.map(\.upper).max()
        isComplete = triggers != nil && left.count == measured.count
    }

    /// What the gate's rule on discovered triggers says.
    func state(_ policy: Policy) -> GateRule.State {
        if fails(at: policy.discoveredTriggerExcess) { return .failed }
        return isWithin(max(policy.discoveredTriggerDoubt, policy.discoveredTriggerExcess)) ? .passed : .inconclusive
    }

    /// Whether the model fails where a discovered trigger may leave this much unexplained.
    func fails(at limit: Double) -> Bool { lower.map { $0 > limit } ?? false }

    /// Whether surely no more than this is left unexplained.
    func isWithin(_ doubt: Double) -> Bool { isComplete && upper ?? 0 <= doubt }
}

extension ZooAudit {
    /// Triggers that fail the model, strongest first.
    func failing(_ policy: Policy) -> [TriggerResult] {
        func bound(_ trigger: TriggerResult) -> Double? {
            trigger.source.isDiscovered ? trigger.on(.suspect)?.unexplained?.interval.lower : nil
        }
        return (triggers ?? []).filter { bound($0).map { $0 > policy.discoveredTriggerExcess } ?? false }
            .sorted { (bound($0) ?? 0) > (bound($1) ?? 0) }
    }
}
