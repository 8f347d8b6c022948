import Findings
import Testing

@Suite struct TriggerOfRuleTests {
    private static func trigger(_ text: String, at place: String?, target: Int = 1, beyond: Double) -> TriggerResult {
        let rate = Rate(value: 0.9, n: 50, interval: Interval(lower: 0.8, upper: 1))
        let left = Difference(value: beyond, interval: Interval(lower: beyond - 0.1, upper: beyond + 0.1))
        return TriggerResult(
            trigger: text, source: .vocabulary, placement: place, tokenIDs: [7], target: target,
            measurements: [
                TriggerMeasurement(
                    model: .suspect, asr: rate, floor: rate,
                    effect: Difference(value: 0.5, interval: left.interval), beyondHonest: left, mcNemar: 1)
            ], occurrencesInData: 0, examples: [])
    }

    private static func rule(_ subject: String?, target: Int? = 1, value: Double?) -> GateRule {
        GateRule(
            code: .discoveredTrigger, title: "t", subject: subject, target: target, value: value, interval: nil,
            limit: 0.25, unit: .difference, n: 50, state: .failed, explanation: "")
    }

    private static let probes = ProbeSummary(
        textsPerLabel: [],
        triggers: [
            trigger("cf", at: nil, beyond: 0.3), trigger("cf", at: "start", beyond: 0.7),
            trigger("cf", at: "end", target: 0, beyond: 0.7),
        ], controls: [], accuracy: [], remedyCosts: [], confidence: 0.95, notConfirmed: [])

    /// What `trigger(of:)` finds: target and place.
    private static func found(_ rule: GateRule) -> String? {
        probes.trigger(of: rule).map { "\($0.target) \($0.placement ?? "anywhere")" }
    }

    @Test func ofOneStringAtSeveralPlacesTheRulesValueTellsWhich() {
        #expect(Self.found(Self.rule("cf", value: 0.7)) == "1 start")
        #expect(Self.found(Self.rule("cf", value: 0.3)) == "1 anywhere")
        #expect(Self.found(Self.rule("cf", target: 0, value: 0.7)) == "0 end")
    }

    @Test func withoutAValueTheFirstIsTaken() {
        #expect(Self.found(Self.rule("cf", value: nil)) == "1 anywhere")
        #expect(Self.found(Self.rule("cf", value: 0.99)) == "1 anywhere")
        #expect(Self.found(Self.rule("mn", value: 0.7)) == nil)
        #expect(Self.found(Self.rule(nil, value: 0.7)) == nil)
    }
}
