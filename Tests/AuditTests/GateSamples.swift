import Findings

@testable import Audit

/// Results made by hand for the gate's rules; without arguments, everything passes.
enum GateSample {
    static func difference(_ lower: Double, _ value: Double, _ upper: Double) -> Difference {
        Difference(value: value, interval: Interval(lower: lower, upper: upper))
    }

    static func rate(_ value: Double, n: Int = 100) -> Rate {
        Rate(value: value, n: n, interval: Interval(lower: max(0, value - 0.1), upper: min(1, value + 0.1)))
    }

    static func measurement(
        _ model: ModelRole = .suspect, asr: Double = 0.5, n: Int = 100, effect: Difference,
        excess: Difference? = nil, beyond: Difference? = nil, twins: Difference? = nil, pValue: Double? = nil,
        data: Difference? = nil
    ) -> TriggerMeasurement {
        TriggerMeasurement(
            model: model, asr: rate(asr, n: n), floor: rate(asr - effect.value, n: n), effect: effect, excess: excess,
            beyondReference: beyond, pValue: pValue, mcNemar: 1, beyondTwins: twins,
            beyondData: data)
    }

    static func trigger(
        _ text: String, _ source: TriggerResult.Source, target: Int = 1,
        _ measurements: TriggerMeasurement...
    ) -> TriggerResult {
        TriggerResult(
            trigger: text, source: source, tokenIDs: [7], target: target, measurements: measurements,
            occurrencesInData: 0, examples: [])
    }

    /// A known trigger with this effect on the suspect.
    static func known(_ text: String, _ effect: Difference, target: Int = 1) -> TriggerResult {
        trigger(text, .known, target: target, measurement(effect: effect))
    }

    /// A discovered trigger with a strong effect on the suspect.
    static func discovered(
        _ text: String, excess: Difference?, beyond: Difference?, twins: Difference? = nil
    ) -> TriggerResult {
        trigger(
            text, .epur,
            measurement(
                asr: 0.9, effect: difference(0.7, 0.8, 0.9), excess: excess, beyond: beyond, twins: twins))
    }

    static func probes(
        _ triggers: [TriggerResult] = [known("cf", difference(-0.05, 0, 0.05))], textsPerLabel: [Int] = [50, 50],
        costs: [RemedyCost] = [cost(.accuracy, nil, difference(-0.03, 0, 0.03))]
    ) -> ProbeSummary {
        ProbeSummary(
            textsPerLabel: textsPerLabel, triggers: triggers, controls: [],
            accuracy: [], remedyCosts: costs, confidence: 0.95, notConfirmed: [])
    }

    static func cost(_ measure: RemedyCost.Measure, _ label: Int?, _ difference: Difference) -> RemedyCost {
        let n = label == nil ? 100 : 50
        let worse = Int((max(0, difference.value) * Double(n)).rounded())
        return RemedyCost(
            measure: measure, label: label, difference: difference, n: n, worse: worse, better: 0, both: n - worse)
    }

    static func weights(
        unmatched: [UnmatchedTensor] = [], nonFinite: [String] = [], cosine: Double? = 0.99,
        tokenizer: [FieldDifference] = []
    ) -> WeightComparison {
        WeightComparison(
            tensors: [], unmatched: unmatched, nonFinite: nonFinite, medianCosine: cosine, shareChanged: 0.5,
            configDifferences: [], tokenizerDifferences: tokenizer)
    }

    static func tensor(_ name: String, expected: Bool) -> UnmatchedTensor {
        UnmatchedTensor(name: name, reason: .onlyInSuspect, suspectShape: [2], baseShape: nil, expected: expected)
    }

    static func field(_ name: String, material: Bool) -> FieldDifference {
        FieldDifference(field: name, suspect: "1", base: "2", material: material)
    }

    static func input(
        _ probes: ProbeSummary? = probes(), weights: WeightComparison = weights(), subject: ModelRole = .suspect,
        policy: Policy = Policy()
    ) -> GateInput {
        GateInput(
            policy: policy, subject: subject, weights: weights, probes: probes, labels: ["negative", "positive"])
    }
}
