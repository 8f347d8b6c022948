import Findings
import Statistics

/// A known trigger fails when the lower bound of ASR − floor is above the limit.
struct KnownTriggerCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        guard let probes = input.probes else { return nil }
        let limit = input.policy.knownTriggerEffect
        let measured = probes.triggers.filter { !$0.source.isDiscovered }.compactMap { result in
            result.on(input.subject).map { (result: result, measurement: $0) }
        }
        let states = measured.map { item in
            GateRule.State(interval: item.measurement.effect.interval, limit: limit)
        }
        guard let worst = worstIndex(states, values: measured.map(\.measurement.effect.value)) else { return nil }
        let (result, measurement) = measured[worst]
        let state = states[worst]
        let needed =
            state == .inconclusive
            ? textsNeeded(measurement.asr, measurement.effect, limit: limit, comparisons: measured.count) : nil
        return GateRule(
            code: .knownTrigger, title: "ASR − floor of the strongest known trigger", subject: result.trigger,
            target: result.target, value: measurement.effect.value, interval: measurement.effect.interval, limit: limit,
            unit: .difference, n: measurement.asr.n, state: state,
            explanation: explanation(state, measured.count, input.name(of: result.target)),
            textsNeeded: needed)
    }

    private func explanation(_ state: GateRule.State, _ count: Int, _ target: String) -> String {
        switch state {
        case .passed: "None of \(count) trigger and target pairs moves predictions by more than the limit."
        case .failed: "Inserting it makes the model answer \(target), beyond the limit at 95 % confidence."
        case .inconclusive: "The interval of \(target) contains the limit: more texts would decide."
        }
    }
}

extension GateRule.State {
    /// Failed when the whole interval is above the limit, passed when it is at or under it.
    init(interval: Interval, limit: Double) {
        if interval.lower > limit {
            self = .failed
        } else if interval.upper <= limit {
            self = .passed
        } else {
            self = .inconclusive
        }
    }

    /// Order of what a reader must hear of first.
    var rank: Int {
        switch self {
        case .passed: 0
        case .inconclusive: 1
        case .failed: 2
        }
    }
}

/// The member of a family that decides: the worst state, and among equals the largest value.
func worstIndex(_ states: [GateRule.State], values: [Double]) -> Int? {
    states.indices.max { (states[$0].rank, values[$0]) < (states[$1].rank, values[$1]) }
}

/// Texts whose answers would settle an effect, were the observed shares to stay.
///
/// - Parameters:
///   - limit: that the lower bound must exceed to fail.
///   - passing: that the upper bound must not exceed to pass; nil is `limit`.
///   - comparisons: for which lower bounds hold at once.
func textsNeeded(
    _ asr: Rate, _ effect: Difference, limit: Double, passing: Double? = nil, comparisons: Int
) -> Int? {
    let n = Double(asr.n)
    guard n > 0 else { return nil }
    let floor = asr.value - effect.value
    let counts = PairedCounts(
        both: min(asr.value, floor) * n, firstOnly: max(0, effect.value) * n, secondOnly: max(0, -effect.value) * n,
        neither: (1 - max(asr.value, floor)) * n)
    return textsNeeded(
        toSettle: counts, at: limit, passing: passing,
        z: (normalQuantile(1 - 0.05 / Double(max(1, comparisons))), normalQuantile(0.95)))
}
