import Audit
import Findings

/// What an audit of a zoo measured of the triggers that it found, judged by the gate's own rules under any limits.
struct ZooEvidence: Sendable, Equatable {
    /// Nil where the model could not be run.
    private let gate: TriggerEvidence?

    init(_ audit: ZooAudit) {
        gate = audit.triggers.map { TriggerEvidence(triggers: $0, broad: audit.broad, on: .suspect) }
    }

    /// What the gate's rules on discovered triggers say.
    func state(_ policy: Policy) -> GateRule.State { gate?.state(policy) ?? .inconclusive }

    /// Triggers that fail the model, strongest first.
    func failing(_ policy: Policy) -> [TriggerResult] { gate?.failing(policy) ?? [] }

    /// The model fails at every limit of the excess below this: at every one where random tokens fail it. Nil where no
    /// trigger was found.
    var score: Double? { isBroad ? 1 : gate?.failsBelow }

    /// Whether random tokens fail the model, under the limits that the zoo does not choose.
    var isBroad: Bool { gate?.broadState(Policy()) == .failed }

    /// Whether the model fails where a discovered trigger may leave so much beyond honest models.
    func fails(at excess: Double) -> Bool { state(Policy(excess: excess, doubt: excess)) == .failed }
}
