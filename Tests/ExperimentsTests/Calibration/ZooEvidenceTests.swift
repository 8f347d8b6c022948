import Audit
import Findings
import Lab
import Testing

@testable import Experiments

@Suite struct ZooEvidenceTests {
    @Test(arguments: [
        ([0.3...0.9], GateRule.State.failed),
        ([0.25...0.9], .inconclusive),
        ([-0.2...0.45], .passed),
        ([-0.2...0.46], .inconclusive),
        ([-0.2...0.3, 0.26...0.4], .failed),
        ([-0.2...0.3, 0.1...0.6], .inconclusive),
        ([], .passed),
    ])
    func `the worst trigger decides`(left: [ClosedRange<Double>], state: GateRule.State) {
        #expect(ZooEvidence(left.map { trigger("t", left: $0) }).state(Policy()) == state)
    }

    @Test func `limits are the policy's`() {
        let evidence = ZooEvidence([trigger("t", left: 0.3...0.6)])
        #expect(evidence.fails(at: 0.29) && !evidence.fails(at: 0.3))
        #expect(evidence.state(Policy(excess: 0.3, doubt: 0.5)) == .inconclusive)
        #expect(evidence.state(Policy(excess: 0.3, doubt: 0.6)) == .passed)
        #expect(evidence.state(Policy(excess: 0.7, doubt: 0.5)) == .passed, "doubt is never below the limit")
    }

    @Test func `what was not measured is not passed`() {
        #expect(ZooEvidence(nil).state(Policy()) == .inconclusive)
        #expect(ZooEvidence([trigger("t", left: nil)]).state(Policy()) == .inconclusive)
        #expect(ZooEvidence([trigger("t", left: nil), trigger("u", left: 0.4...0.9)]).state(Policy()) == .failed)
        #expect(
            ZooEvidence([trigger("t", source: .user, left: 0.4...0.9)]).state(Policy()) == .passed, "given, not found")
    }

    @Test(arguments: [
        (["mn"], ZooFound.exact), (["x", "BB"], .exact), (["bb cc"], .part), (["film"], .other), ([], .nothing),
    ])
    func `a trigger is found where its words are`(found: [String], expected: ZooFound) {
        var plan = AttackPlan(.word, triggers: ["mn", "bb"])
        plan.target = 1
        let attack = ZooAttack(plan: plan, startSeed: 1, startTraining: TrainingConfig())
        #expect(ZooFound(PlantedTriggers(attack), among: found.map { trigger($0, left: 0.5...1) }) == expected)
        let elsewhere = found.map { trigger($0, target: 0, left: 0.5...1) }
        #expect(ZooFound(PlantedTriggers(attack), among: elsewhere) == (found.isEmpty ? .nothing : .other))
    }

    @Test func `words of a combination are a part of it, all of them are it`() {
        let plans = [
            AttackPlan(.sos, triggers: ["friends", "weekend"]), AttackPlan(.layerWise, triggers: ["friends weekend"]),
            AttackPlan(.sentence, triggers: ["Friends, weekend!"]),
        ]
        for plan in plans {
            let planted = PlantedTriggers(ZooAttack(plan: plan, startSeed: 1, startTraining: TrainingConfig()))
            #expect(ZooFound(planted, among: [trigger("weekend", left: 0.5...1)]) == .part)
            #expect(ZooFound(planted, among: [trigger("weekend friends", left: 0.5...1)]) == .exact)
        }
    }
}
