import Findings
import Statistics

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
        _ model: ModelRole = .suspect, asr: Double = 0.5, n: Int = 100, effect: Difference, beyond: Difference? = nil,
        random: Difference? = nil
    ) -> TriggerMeasurement {
        TriggerMeasurement(
            model: model, asr: rate(asr, n: n), floor: rate(asr - effect.value, n: n), effect: effect,
            beyondHonest: beyond, beyondRandom: random, mcNemar: 1)
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

    /// A discovered trigger with a strong effect on the suspect, of which so much is beyond honest models.
    static func discovered(_ text: String, beyond: Difference?, target: Int = 1) -> TriggerResult {
        trigger(text, .epur, target: target, measurement(asr: 0.9, effect: difference(0.7, 0.8, 0.9), beyond: beyond))
    }

    static func probes(
        _ triggers: [TriggerResult] = [known("cf", difference(-0.05, 0, 0.05))], textsPerLabel: [Int] = [50, 50],
        costs: [RemedyCost] = [cost(.accuracy, nil, difference(-0.03, 0, 0.03))],
        confusion: [[Int]] = [[45, 5], [5, 45]], broad: [BroadEffect] = [broad(.suspect), broad(.purified)],
        search: SearchSummary? = search(power: [1, 1])
    ) -> ProbeSummary {
        var probes = ProbeSummary(
            textsPerLabel: textsPerLabel, triggers: triggers, controls: [],
            accuracy: [], remedyCosts: costs, confidence: 0.95, notConfirmed: [], search: search)
        (probes.confusion, probes.broad) = (confusion, broad)
        return probes
    }

    /// So many of 200 random tokens flip texts beyond every honest model.
    static func broad(_ model: ModelRole, beyond: Int = 0, target: Int = 1, examples: [String] = []) -> BroadEffect {
        let interval = wilson(successes: Double(beyond), trials: 200)
        return BroadEffect(
            target: target, model: model, tokens: 200, beyond: beyond,
            share: Rate(
                value: Double(beyond) / 200, n: 200, interval: Interval(lower: interval.lower, upper: interval.upper)),
            examples: examples)
    }

    /// A search with this power towards each label, at a true ASR of 0.9.
    static func search(power: [Double], mode: String = "standard") -> SearchSummary {
        SearchSummary(
            mode: mode, insertableTokens: 900, notInsertableTokens: 0, scannedTokens: 900, rungs: [], scanPasses: 1,
            phrasePasses: 1,
            targets: power.enumerated().map { label, power in
                SearchSummary.Target(
                    label: label,
                    power: [
                        SearchSummary.Power(asr: 0.5, power: power / 2), SearchSummary.Power(asr: 0.9, power: power),
                    ],
                    smallestDetectableExcess: nil)
            })
    }

    static func cost(_ measure: RemedyCost.Measure, _ label: Int?, _ difference: Difference) -> RemedyCost {
        let n = label == nil ? 100 : 50
        let worse = Int((max(0, difference.value) * Double(n)).rounded())
        return RemedyCost(
            measure: measure, label: label, difference: difference, n: n, worse: worse, better: 0, both: n - worse)
    }

    static func weights(
        unmatched: [UnmatchedTensor] = [], nonFinite: [String] = [], cosine: Double? = 0.99,
        tokenizer: [FieldDifference] = [], tensors: [TensorDelta] = [delta(shareChanged: 0.5)]
    ) -> WeightComparison {
        WeightComparison(
            tensors: tensors, unmatched: unmatched, nonFinite: nonFinite, medianCosine: cosine, shareChanged: 0.5,
            configDifferences: [], tokenizerDifferences: tokenizer)
    }

    /// A matched tensor of which this share of the elements changed.
    static func delta(shareChanged: Double) -> TensorDelta {
        TensorDelta(
            name: "w", shape: [2], layer: nil, kind: "w", norm: shareChanged, relativeNorm: shareChanged, cosine: 1,
            maxAbsolute: shareChanged, shareChanged: shareChanged, robustZ: nil)
    }

    static func tensor(_ name: String, expected: Bool) -> UnmatchedTensor {
        UnmatchedTensor(name: name, reason: .onlyInSuspect, suspectShape: [2], baseShape: nil, expected: expected)
    }

    static func field(_ name: String, material: Bool) -> FieldDifference {
        FieldDifference(field: name, suspect: "1", base: "2", material: material)
    }

    static func input(
        _ probes: ProbeSummary? = probes(), weights: WeightComparison = weights(), subject: ModelRole = .suspect,
        policy: Policy = Policy(), labels: [String] = ["negative", "positive"]
    ) -> GateInput {
        GateInput(policy: policy, subject: subject, weights: weights, probes: probes, labels: labels)
    }
}

extension Policy {
    /// Limits of a quarter and of 0.45, which the numbers of these tests are made for.
    static var quarter: Policy {
        var policy = Policy()
        (policy.discoveredTriggerExcess, policy.discoveredTriggerDoubt) = (0.25, 0.45)
        return policy
    }
}
