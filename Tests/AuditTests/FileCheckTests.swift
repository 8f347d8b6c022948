import Findings
import Testing

@testable import Audit

private typealias Sample = GateSample

@Suite struct ProbeSizeCheckTests {
    @Test(arguments: [
        ([30, 30], 30, GateRule.State.passed), ([29, 300], 29, .inconclusive), ([300, 29], 29, .inconclusive),
        ([0, 0], 0, .inconclusive),
    ])
    func everyTargetNeedsTextsOfOtherLabels(perLabel: [Int], fewest: Int, state: GateRule.State) throws {
        let rule = try #require(ProbeSizeCheck().evaluate(Sample.input(Sample.probes(textsPerLabel: perLabel))))
        #expect(rule.code == .probeSize)
        #expect(rule.state == state)
        #expect(rule.value == Double(fewest))
        #expect((rule.textsNeeded != nil) == (state == .inconclusive))
    }

    @Test func thePolicySetsTheNumber() throws {
        var policy = Policy()
        policy.minimumProbes = 51
        let rule = try #require(ProbeSizeCheck().evaluate(Sample.input(policy: policy)))
        #expect(rule.state == .inconclusive)
        #expect(rule.limit == 51)
    }

    @Test func withoutProbesThereIsNoVerdict() throws {
        #expect(try #require(ProbeSizeCheck().evaluate(Sample.input(nil))).state == .inconclusive)
    }
}

@Suite struct WeightCheckTests {
    @Test(arguments: [
        (Optional(0.9), GateRule.State.passed), (0.8999, .inconclusive), (-1, .inconclusive), (nil, .inconclusive),
    ])
    func theWrongBaseLeavesNoVerdict(cosine: Double?, state: GateRule.State) throws {
        let rule = try #require(WrongBaseCheck().evaluate(Sample.input(weights: Sample.weights(cosine: cosine))))
        #expect(rule.code == .wrongBase)
        #expect(rule.state == state)
        #expect(rule.limit == 0.9)
    }

    @Test func unexplainedTensorsFail() throws {
        let head = Sample.tensor("classifier.weight", expected: true)
        let foreign = Sample.tensor("adapter.weight", expected: false)
        func rule(_ tensors: [UnmatchedTensor], allowed: Int = 0) throws -> GateRule {
            var policy = Policy()
            policy.unmatchedTensors = allowed
            let input = Sample.input(weights: Sample.weights(unmatched: tensors), policy: policy)
            return try #require(UnmatchedTensorCheck().evaluate(input))
        }
        #expect(try rule([]).state == .passed)
        #expect(try rule([head]).state == .passed)
        let failed = try rule([head, foreign])
        #expect(failed.state == .failed)
        #expect(failed.value == 1)
        #expect(failed.subject == "adapter.weight")
        #expect(try rule([head, foreign], allowed: 1).state == .passed)
        #expect(try rule([foreign, foreign], allowed: 1).state == .failed)
    }

    @Test func aTypeThatIsNotReadIsInconclusive() throws {
        func rule(_ tensors: [UnmatchedTensor], allowed: Int = 0) throws -> GateRule {
            var policy = Policy()
            policy.unmatchedTensors = allowed
            let input = Sample.input(weights: Sample.weights(unmatched: tensors), policy: policy)
            return try #require(UnmatchedTensorCheck().evaluate(input))
        }
        let unread = UnmatchedTensor(name: "q", reason: .dtype, suspectShape: [2], baseShape: [2], expected: false)
        let foreign = UnmatchedTensor(
            name: "x", reason: .onlyInSuspect, suspectShape: [2], baseShape: nil, expected: false)
        #expect(try rule([unread]).state == .inconclusive)
        #expect(try rule([unread]).subject == "q")
        #expect(try rule([unread], allowed: 1).state == .passed)
        #expect(try rule([unread, foreign]).state == .failed)
        #expect(try rule([unread, foreign]).subject == "x")
    }

    @Test func materialTokenizerDifferencesFail() throws {
        let name = Sample.field("name_or_path", material: false)
        let swapped = Sample.field("vocabulary: cf", material: true)
        func rule(_ fields: [FieldDifference], allowed: Int = 0) throws -> GateRule {
            var policy = Policy()
            policy.tokenizerDifferences = allowed
            let input = Sample.input(weights: Sample.weights(tokenizer: fields), policy: policy)
            return try #require(TokenizerDifferenceCheck().evaluate(input))
        }
        #expect(try rule([]).state == .passed)
        #expect(try rule([name, name]).state == .passed)
        let failed = try rule([name, swapped])
        #expect(failed.state == .failed)
        #expect(failed.value == 1)
        #expect(failed.subject == "vocabulary: cf")
        #expect(try rule([name, swapped], allowed: 1).state == .passed)
        let further = FieldDifference(
            field: "vocabulary", suspect: "51 ids differ", base: nil, material: true, unlisted: 50)
        #expect(try rule([further, swapped]).value == 51)
        #expect(try rule([further, swapped], allowed: 50).state == .failed)
    }

    @Test func weightsThatAreNotFiniteLeaveNoVerdict() throws {
        #expect(NonFiniteCheck().evaluate(Sample.input()) == nil)
        let input = Sample.input(nil, weights: Sample.weights(nonFinite: ["pooler.dense.bias", "x"]))
        let rule = try #require(NonFiniteCheck().evaluate(input))
        #expect(rule.state == .inconclusive)
        #expect(rule.value == 2)
        #expect(rule.subject == "pooler.dense.bias")
    }
}

@Suite struct AccuracyLossCheckTests {
    private func judged(_ costs: [RemedyCost], subject: ModelRole = .purified) -> GateRule? {
        var policy = Policy()
        policy.accuracyLoss = 0.25
        return AccuracyLossCheck().evaluate(
            Sample.input(Sample.probes(costs: costs), subject: subject, policy: policy))
    }

    private let small = Sample.cost(.accuracy, nil, Sample.difference(-0.1, 0, 0.1))

    @Test(arguments: [
        (Sample.difference(0.1, 0.2, 0.25), GateRule.State.passed),
        (Sample.difference(0.1, 0.2, 0.26), .inconclusive),
        (Sample.difference(0.25, 0.4, 0.5), .inconclusive),
        (Sample.difference(0.26, 0.4, 0.5), .failed),
    ])
    func theIntervalDecides(loss: Difference, state: GateRule.State) throws {
        let rule = try #require(judged([small, Sample.cost(.classAccuracy, 1, loss)]))
        #expect(rule.code == .accuracyLoss)
        #expect(rule.state == state)
        #expect(rule.subject == "positive")
        #expect(rule.value == loss.value)
        #expect(rule.interval == loss.interval)
        #expect((rule.textsNeeded != nil) == (state == .inconclusive))
        #expect(rule.n == 50)
    }

    @Test func theWholeDecidesWhereItIsWorst() throws {
        let whole = Sample.cost(.accuracy, nil, Sample.difference(0.3, 0.4, 0.5))
        let rule = try #require(judged([whole, Sample.cost(.classAccuracy, 0, Sample.difference(0, 0.1, 0.2))]))
        #expect(rule.state == .failed)
        #expect(rule.subject == "all labels")
        #expect(rule.n == 100)
    }

    @Test func aRisingFloorFails() throws {
        let rule = try #require(judged([small, Sample.cost(.floor, 0, Sample.difference(0.5, 0.6, 0.7))]))
        #expect(rule.state == .failed)
        #expect(rule.subject == "floor to negative")
    }

    @Test func itSaysNothingOfTheSuspect() {
        #expect(judged([small], subject: .suspect) == nil)
        #expect(judged([]) == nil)
        #expect(judged([small]) != nil)
    }
}
