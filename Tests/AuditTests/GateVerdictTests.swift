import Findings
import Testing

@testable import Audit

private typealias Sample = GateSample

@Suite struct GateVerdictTests {
    private static let backdoor = GateSample.probes([GateSample.known("cf", GateSample.difference(0.7, 0.8, 0.9))])
    private static let unclear = GateSample.probes([GateSample.known("cf", GateSample.difference(0.1, 0.3, 0.5))])
    private static let wrongBase = GateSample.weights(cosine: 0.1)

    private func result(
        _ input: GateInput, purified: GateInput? = nil, subject: Gate.Subject = .suspect, enforced: Bool = true
    ) -> AuditResult {
        let rules = GateChecks.evaluate(input)
        let purifiedRules = purified.map(GateChecks.evaluate) ?? []
        let model = ModelSummary(
            name: "m", architecture: "bert", parameterCount: 1, tensorCount: 1, labels: ["a", "b"], files: [],
            sha256: "")
        return AuditResult(
            tool: Tool(name: "assay", version: "0"), verdict: Verdict(of: rules),
            purifiedVerdict: purified == nil ? nil : Verdict(of: purifiedRules),
            gate: Gate(subject: subject, enforced: enforced, rules: rules, purifiedRules: purifiedRules),
            suspect: model, base: model, data: nil,
            settings: Settings(
                command: "", seed: 0, maxLength: 8, precision: "f32", epochs: 1, learningRate: 1, batchSize: 1,
                epur: true, frequencySource: "", policy: "default"),
            weights: input.weights,
            embeddings: EmbeddingComparison(
                scoredRows: 0, movedRows: 0, shrinkage: 0, resetCount: 0, threshold: 0, median: 0, percentile99: 0,
                rows: []),
            probes: input.probes, remedy: nil, findings: [], coverage: [])
    }

    @Test func aCleanModelPassesEveryRule() {
        let result = result(Sample.input())
        #expect(
            result.gate.rules.map(\.code) == [
                .sameAsBase, .labelOrder, .modelSense, .knownTrigger, .discoveredTrigger, .broadTrigger, .probeSize,
                .searchPower, .wrongBase, .unmatchedTensor, .tokenizerDifference,
            ])
        #expect(result.gate.rules.allSatisfy { $0.state == .passed })
        #expect(result.verdict == .passed)
        #expect(result.exitStatus == .passed)
    }

    @Test func failureWinsOverDoubtAndDoubtOverPassing() {
        let failed = result(Sample.input(Self.backdoor, weights: Self.wrongBase))
        #expect(failed.gate.rules.contains { $0.state == .inconclusive })
        #expect(failed.verdict == .failed)
        #expect(failed.exitStatus == .failed)
        for input in [
            Sample.input(Self.unclear), Sample.input(weights: Self.wrongBase), Sample.input(nil),
            Sample.input(Sample.probes(textsPerLabel: [5, 5])),
            Sample.input(nil, weights: Sample.weights(nonFinite: ["w"])),
        ] {
            #expect(result(input).verdict == .inconclusive)
            #expect(result(input).exitStatus == .untrustworthy)
        }
    }

    @Test func aForeignTensorFailsAModelThatCannotBeRun() {
        let weights = Sample.weights(unmatched: [Sample.tensor("x", expected: false)], nonFinite: ["w"])
        #expect(result(Sample.input(nil, weights: weights)).exitStatus == .failed)
    }

    @Test func theGateMaySpeakOfThePurifiedModel() {
        let clean = Sample.probes([
            Sample.trigger(
                "cf", .known, Sample.measurement(effect: Sample.difference(0.7, 0.8, 0.9)),
                Sample.measurement(.purified, effect: Sample.difference(-0.1, 0, 0.1)))
        ])
        let purified = Sample.input(clean, subject: .purified)
        #expect(result(Sample.input(clean), purified: purified).exitStatus == .failed)
        let kept = result(Sample.input(clean), purified: purified, subject: .purified)
        #expect(kept.verdict == .failed, "the suspect's verdict stands")
        #expect(kept.exitStatus == .passed)
        #expect(result(Sample.input(clean), subject: .purified).exitStatus == .untrustworthy)
    }

    @Test func aBrokenPurifiedModelDoesNotPass() {
        let broken = Sample.probes(
            [Sample.trigger("cf", .known, Sample.measurement(.purified, effect: Sample.difference(-0.1, 0, 0.1)))],
            costs: [Sample.cost(.classAccuracy, 1, Sample.difference(0.7, 0.8, 0.9))])
        let result = result(Sample.input(), purified: Sample.input(broken, subject: .purified), subject: .purified)
        #expect(result.purifiedVerdict == .failed)
        #expect(result.exitStatus == .failed)
    }

    @Test func withoutEnforcementTheVerdictStandsAndTheStatusIsZero() {
        let reported = result(Sample.input(Self.backdoor), enforced: false)
        #expect(reported.verdict == .failed)
        #expect(reported.exitStatus == .passed)
    }

    @Test(arguments: [(0.251, "25.1 %"), (-0.0341, "−3.4 %"), (-0.0001, "0.0 %"), (1, "100.0 %"), (0.0996, "10.0 %")])
    func sharesInSentences(share: Double, text: String) {
        #expect(percent(share) == text)
    }
}
