import Audit
import Findings
import Lab
import Testing

@testable import Experiments

@Suite struct ZooEvidenceTests {
    private func evidence(_ found: [TriggerResult]?, random: Int = 0) throws -> ZooEvidence {
        ZooEvidence(try .made(found, broad: [tokens(beyond: random)]))
    }

    @Test(arguments: [
        ([0.3...0.9], 0, GateRule.State.failed),
        ([0.25...0.9], 0, .inconclusive),
        ([-0.2...0.45], 0, .passed),
        ([-0.2...0.3, 0.26...0.4], 0, .failed),
        ([-0.2...0.3, 0.1...0.6], 0, .inconclusive),
        ([], 0, .passed),
        ([], 9, .failed),
        ([0.25...0.9], 9, .failed),
    ])
    func `the worst of triggers and random tokens decides`(
        left: [ClosedRange<Double>], random: Int, state: GateRule.State
    ) throws {
        let evidence = try evidence(left.map { trigger("t", left: $0) }, random: random)
        #expect(evidence.state(Policy.quarter) == state)
        #expect(evidence.isBroad == (random > 0))
    }

    @Test func `limits are the policy's`() throws {
        let evidence = try evidence([trigger("t", left: 0.3...0.6)])
        #expect(evidence.fails(at: 0.29) && !evidence.fails(at: 0.3) && evidence.score == 0.3)
        #expect(evidence.state(Policy(excess: 0.3, doubt: 0.5)) == .inconclusive)
        #expect(evidence.state(Policy(excess: 0.3, doubt: 0.6)) == .passed)
        #expect(evidence.state(Policy(excess: 0.7, doubt: 0.5)) == .passed, "doubt is never below the limit")
    }

    @Test func `random tokens fail a model at every limit`() throws {
        let evidence = try evidence([trigger("t", left: 0.3...0.6)], random: 50)
        #expect(ZooAnalysis.limits.allSatisfy(evidence.fails(at:)) && evidence.score == 1)
        #expect(evidence.failing(Policy.quarter).map(\.trigger) == ["t"], "which trigger fails it is another matter")
        #expect(evidence.failing(Policy(excess: 0.5, doubt: 0.5)).isEmpty)
    }

    @Test func `what was not measured is not passed`() throws {
        #expect(try evidence(nil).state(Policy.quarter) == .inconclusive && evidence(nil).score == nil)
        #expect(try evidence([trigger("t", left: nil)]).state(Policy.quarter) == .inconclusive)
        let one = try evidence([trigger("t", left: nil), trigger("u", left: 0.4...0.9)])
        #expect(one.state(Policy.quarter) == .failed)
        let given = try evidence([trigger("t", source: .user, left: 0.4...0.9)])
        #expect(given.state(Policy.quarter) == .passed, "given, not found")
        #expect(
            ZooEvidence(try .made([], broad: [])).state(Policy.quarter) == .inconclusive, "no random token was tried")
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

extension Policy {
    /// Limits of a quarter and of 0.45, which the numbers of these tests are made for.
    static var quarter: Policy {
        var policy = Policy()
        (policy.discoveredTriggerExcess, policy.discoveredTriggerDoubt) = (0.25, 0.45)
        return policy
    }
}
