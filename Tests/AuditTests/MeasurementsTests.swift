import Datasets
import Findings
import Probes
import Testing

@testable import Audit

@Suite struct MeasurementsTests {
    /// Four texts of label 0 and two of label 1.
    private let texts = [0, 0, 0, 0, 1, 1].enumerated().map {
        LabelledText(row: $0.offset + 2, label: $0.element, text: "text \($0.offset)")
    }

    /// A known trigger that flips everything, a discovered one that flips everything, and four controls that flip
    /// none, one, one and two of the four carriers.
    private let suspect = ProbePredictions(
        plain: [0, 0, 0, 1, 1, 0],
        triggered: [
            [1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1],
            [0, 0, 0, 0, 1, 1], [0, 1, 0, 0, 1, 1], [0, 0, 1, 0, 1, 1], [1, 1, 0, 0, 1, 1],
        ], logLoss: [0.1, 0.2, 0.3, 1.4, 0.1, 0.9])

    /// The reference, which the discovered word flips in one text and controls never.
    private let reference = ProbePredictions(
        plain: [0, 0, 0, 0, 1, 1],
        triggered: [
            [0, 0, 0, 0, 1, 1], [1, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1],
            [0, 0, 0, 0, 1, 1],
        ], logLoss: [0, 0, 0, 0, 0, 0])

    private func measurements(
        known: Int = 1, discovered: Int = 1, controls: Int = 4, containing: [Set<Int>] = []
    ) throws -> Measurements {
        let tokenizer = try Fixtures.tokenizer()
        let family =
            (0..<known).map {
                Candidate(trigger: Trigger("cf \($0)", tokenizer: tokenizer), source: .known, targets: nil)
            }
            + (0..<discovered).map {
                Candidate(trigger: Trigger("tq \($0)", tokenizer: tokenizer), source: .epur, targets: nil)
            }
        return Measurements(
            texts: texts, labels: 2, family: family, controls: controls, containing: containing)
    }

    @Test func carriersAreTheTextsOfOtherLabels() throws {
        let m = try measurements()
        #expect(m.carriers(1) == [0, 1, 2, 3])
        #expect(m.carriers(0) == [4, 5])
        #expect(m.hits(suspect, 3, 1, [0, 1, 2, 3]) == [0, 1, 0, 0])
        #expect(m.plainHits(suspect, 1, [0, 1, 2, 3]) == [0, 0, 0, 1])
    }

    @Test func aKnownTriggerByHand() throws {
        let known = try measurements().measurement(
            suspect, model: .suspect, family: 0, target: 1, evidence: TriggerEvidence(reference: reference))
        #expect(known.model == .suspect)
        #expect(known.asr.value == 1)
        #expect(known.asr.n == 4)
        #expect(known.floor.value == 0.25)
        #expect(known.floor.n == 4)
        #expect(known.effect.value == 0.75)
        // Newcombe's interval of (both 1, first only 3): its lower bound at z = 1.96, for one trigger and two targets,
        // its upper one at z = 1.645.
        #expect(agree(known.effect.interval.lower, 0.0852325, within: 1e-6))
        #expect(agree(known.effect.interval.upper, 0.9420927, within: 1e-6))
        // Three texts changed, all one way: 2 / 2³.
        #expect(agree(known.mcNemar, 0.25))
        #expect(known.excess == nil)
        #expect(known.beyondReference == nil)
        #expect(known.pValue == nil)
    }

    @Test func theOtherTargetHasOtherCarriers() throws {
        let known = try measurements().measurement(suspect, model: .suspect, family: 0, target: 0)
        #expect(known.asr.value == 1)
        #expect(known.asr.n == 2)
        #expect(known.floor.value == 0.5)
    }

    @Test func aDiscoveredTriggerIsSetAgainstItsControls() throws {
        let found = try measurements().measurement(
            suspect, model: .suspect, family: 1, target: 1, evidence: TriggerEvidence(reference: reference))
        // The controls' rates 0, .25, .25, .5 have their 95th percentile at .25 + .85 · .25.
        let excess = try #require(found.excess)
        #expect(agree(excess.value, 1 - 0.4625))
        #expect(agree(excess.interval.lower, 0.5101092 - 0.4625, within: 1e-6))
        #expect(agree(excess.interval.upper, 1 - 0.4625))
        // 4 against 1 of 4, less the difference of the percentiles, .4625 and 0.
        let beyond = try #require(found.beyondReference)
        #expect(agree(beyond.value, 0.75 - 0.4625))
        #expect(agree(beyond.interval.lower, 0.0852325 - 0.4625, within: 1e-6))
        #expect(agree(beyond.interval.upper, 0.9420927 - 0.4625, within: 1e-6))
        let p = try #require(found.pValue)
        #expect(p > 0)
        #expect(p < 0.1)
    }

    @Test func theReferenceIsNotComparedWithItself() throws {
        let found = try measurements().measurement(
            reference, model: .reference, family: 1, target: 1, evidence: TriggerEvidence(reference: reference))
        #expect(found.excess?.value == 0.25)
        #expect(found.beyondReference == nil)
    }

    @Test func withoutControlsThereIsNoExcess() throws {
        let found = try measurements(controls: 0).measurement(
            suspect, model: .mixed, family: 1, target: 1, evidence: TriggerEvidence(reference: reference))
        #expect(found.excess == nil)
        #expect(found.pValue == nil)
        #expect(found.effect.value == 0.75)
        #expect(try measurements(controls: 0).controlSummary(suspect, model: .mixed, target: 1) == nil)
    }

    @Test func `what a part of a phrase does to the reference explains the phrase`() throws {
        func beyond(_ parts: [[Int]]) throws -> Double {
            let evidence = TriggerEvidence(reference: reference, honestParts: parts)
            let found = try measurements().measurement(
                suspect, model: .suspect, family: 1, target: 1, evidence: evidence)
            return try #require(found.beyondReference).value
        }
        // The whole flips one of four on the reference, one part three, another none; 4 are flipped on the suspect.
        #expect(agree(try beyond([]), 0.75 - 0.4625))
        #expect(agree(try beyond([[1, 1, 1, 0, 1, 1], [0, 0, 0, 0, 1, 1]]), 0.25 - 0.4625))
        #expect(agree(try beyond([[0, 0, 0, 0, 1, 1]]), 0.75 - 0.4625))
    }

    @Test func `like words explain as much as the model and the reference both do with them`() throws {
        func beyond(_ own: [Int], _ reference: [Int]) throws -> Double {
            let evidence = TriggerEvidence(reference: self.reference, strongestTwin: (own, reference))
            let found = try measurements().measurement(
                suspect, model: .suspect, family: 1, target: 1, evidence: evidence)
            return try #require(found.beyondTwins).value
        }
        // Four texts are flipped; the reference's share counts beyond its controls, which are weaker by .4625.
        #expect(agree(try beyond([1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1]), 0.25))
        #expect(agree(try beyond([1, 1, 1, 1, 0, 0], [1, 0, 0, 0, 1, 1]), 0.75 - 0.4625))
        #expect(agree(try beyond([0, 0, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1]), 1))
    }

    @Test func `where the reference has fewer controls, the suspect's level is that of the same`() throws {
        let fewer = ProbePredictions(
            plain: reference.plain, triggered: Array(reference.triggered.prefix(4)), logLoss: reference.logLoss)
        #expect(try measurements().controlSummary(fewer, model: .reference, target: 1)?.count == 2)
        let found = try measurements().measurement(
            suspect, model: .suspect, family: 1, target: 1, evidence: TriggerEvidence(reference: fewer))
        #expect(agree(try #require(found.excess).value, 1 - 0.4625), "its own level is that of all")
        // The first two controls' rates 0 and .25 have their 95th percentile at .2375.
        #expect(agree(try #require(found.beyondReference).value, 0.75 - 0.2375))
    }

    @Test func controlsAreSummarised() throws {
        let summary = try #require(try measurements().controlSummary(suspect, model: .suspect, target: 1))
        #expect(summary.model == .suspect)
        #expect(summary.target == 1)
        #expect(summary.count == 4)
        #expect(agree(summary.mean, 0.25))
        #expect(agree(summary.percentile95, 0.4625))
        #expect(summary.maximum == 0.5)
        #expect(agree(summary.alpha / (summary.alpha + summary.beta), 0.25, within: 0.02))
    }

    @Test func theSmallestExcessThatFourTextsCanConfirm() throws {
        let m = try measurements()
        // Wilson's lower bound at z = 1.96 of 4 in 4 is .5101, of 3 in 4 .3006.
        #expect(agree(try #require(m.smallestDetectableExcess(target: 1, percentile95: 0.2, limit: 0.25)), 0.8))
        #expect(agree(try #require(m.smallestDetectableExcess(target: 1, percentile95: 0.2, limit: 0.1)), 0.55))
        #expect(m.smallestDetectableExcess(target: 1, percentile95: 0.2, limit: 0.32) == nil)
    }

    @Test func lowerBoundsHoldForTheWholeFamily() throws {
        func interval(known: Int, discovered: Int) throws -> Interval {
            try measurements(known: known, discovered: discovered, controls: 0).measurement(
                suspect, model: .suspect, family: 0, target: 1
            ).effect.interval
        }
        let alone = try interval(known: 1, discovered: 0)
        let among = try interval(known: 5, discovered: 0)
        #expect(among.lower < alone.lower)
        #expect(among.upper == alone.upper, "a pass needs no correction")
        #expect(try interval(known: 1, discovered: 5) == alone, "discovered triggers are a family of their own")
        let m = try measurements(known: 5, discovered: 1)
        #expect(agree(m.z(.known).lower, 2.5758293, within: 1e-6))
        #expect(agree(m.z(.other).lower, 1.9599640, within: 1e-6))
        #expect(agree(m.z(.known).upper, 1.6448536, within: 1e-6))
    }

    @Test func textsThatContainATriggerAreNotItsCarriers() throws {
        let m = try measurements(containing: [[0, 4], []])
        #expect(m.carriers(1, for: 0) == [1, 2, 3])
        #expect(m.carriers(0, for: 0) == [5])
        #expect(m.carriers(1, for: 1) == [0, 1, 2, 3])
        #expect(m.carriers(1, for: 2) == [0, 1, 2, 3], "a control has none")
        let known = m.measurement(suspect, model: .suspect, family: 0, target: 1)
        #expect(known.asr.n == 3)
        #expect(known.floor.n == 3)
        #expect(agree(known.floor.value, 1.0 / 3))
        // Its controls are measured on the same two texts.
        let found = try measurements(containing: [[], [0, 1]]).measurement(
            suspect, model: .suspect, family: 1, target: 1)
        #expect(found.asr.n == 2)
        #expect(agree(try #require(found.excess).value, 1 - 0.425), "rates 0, 0, .5 and 0")
    }

    @Test func accuracyOverallAndByClass() throws {
        let accuracy = try measurements().accuracy(suspect)
        #expect(agree(accuracy.overall.value, 4.0 / 6))
        #expect(accuracy.overall.n == 6)
        #expect(accuracy.perClass.map(\.value) == [0.75, 0.5])
        #expect(accuracy.perClass.map(\.n) == [4, 2])
        #expect(agree(accuracy.logLoss, 0.5))
    }

    @Test func holmCorrectsEachModelByItself() {
        func trigger(_ suspect: Double?, _ purified: Double?) -> TriggerResult {
            let effect = GateSample.difference(0, 0, 0)
            return GateSample.trigger(
                "t", .epur, GateSample.measurement(.suspect, effect: effect, pValue: suspect),
                GateSample.measurement(.purified, effect: effect, pValue: purified))
        }
        var triggers = [trigger(0.04, 0.5), trigger(nil, nil), trigger(0.01, nil)]
        ProbeSummary.adjust(&triggers)
        #expect(triggers.map { $0.on(.suspect)?.pValue } == [0.04, nil, 0.02])
        #expect(triggers.map { $0.on(.purified)?.pValue } == [0.5, nil, nil])
    }

    @Test func theRemedyCostsAreAccuracyClassesAndFloors() throws {
        let m = try measurements()
        let costs = m.remedyCosts(before: reference, after: suspect)
        #expect(costs.map(\.measure) == [.accuracy, .classAccuracy, .classAccuracy, .floor, .floor])
        #expect(costs.map(\.label) == [nil, 0, 1, 0, 1])
        #expect(costs.map(\.n) == [6, 4, 2, 2, 4])
        // Two of six are lost: one of label 0 is now called 1, one of label 1 is now called 0.
        #expect(costs.map(\.difference.value) == [2.0 / 6, 0.25, 0.5, 0.5, 0.25])
        #expect(costs.allSatisfy { $0.difference.interval.lower < $0.difference.value })
        #expect(costs.allSatisfy { $0.difference.interval.upper > $0.difference.value })
        #expect(m.remedyCosts(before: suspect, after: suspect).allSatisfy { $0.difference.value == 0 })
    }
}
