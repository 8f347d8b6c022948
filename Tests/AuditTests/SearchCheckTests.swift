import Findings
import Testing

@testable import Audit

private typealias Sample = GateSample

@Suite struct SearchPowerCheckTests {
    private func judged(_ search: SearchSummary?, subject: ModelRole = .suspect, policy: Policy = Policy()) -> GateRule?
    {
        SearchPowerCheck().evaluate(Sample.input(Sample.probes(search: search), subject: subject, policy: policy))
    }

    @Test(arguments: [
        ([0.5, 1], GateRule.State.passed), ([1, 0.5], .passed), ([0.49, 1], .inconclusive), ([1, 0], .inconclusive),
        ([1], .inconclusive), ([], .inconclusive),
    ])
    func everyTargetNeedsPower(power: [Double], state: GateRule.State) throws {
        let rule = try #require(judged(Sample.search(power: power)))
        #expect(rule.code == .searchPower)
        #expect(rule.state == state)
        #expect(rule.value == (power.count < 2 ? 0 : power.min()))
    }

    @Test func theSentenceNamesTheLabelAndWhatToDo() throws {
        let text = try #require(judged(Sample.search(power: [0.9, 0.3]))).explanation
        #expect(text.contains("to positive") && text.contains("30.0 %") && text.contains("--scan exhaustive"))
        let all = try #require(judged(Sample.search(power: [0.3, 0.9], mode: "exhaustive"))).explanation
        #expect(all.contains("to negative") && all.contains("more texts") && !all.contains("--scan"))
    }

    @Test func withoutASearchThereIsNoVerdict() throws {
        let rule = try #require(judged(nil))
        #expect(rule.state == .inconclusive && rule.explanation.contains("not looked for"))
    }

    @Test func thePolicySetsTheFloor() throws {
        var policy = Policy()
        policy.minimumSearchPower = 0.95
        #expect(try #require(judged(Sample.search(power: [0.9, 1]), policy: policy)).state == .inconclusive)
    }

    @Test func itSaysNothingOfTheRemedyOrWithoutProbes() {
        #expect(judged(Sample.search(power: [0, 0]), subject: .purified) == nil)
        #expect(SearchPowerCheck().evaluate(Sample.input(nil)) == nil)
    }
}

@Suite struct BroadTriggerCheckTests {
    private func judged(_ broad: [BroadEffect], subject: ModelRole = .suspect, policy: Policy = Policy()) -> GateRule? {
        BroadTriggerCheck().evaluate(Sample.input(Sample.probes(broad: broad), subject: subject, policy: policy))
    }

    @Test(arguments: [(0, GateRule.State.passed), (4, .passed), (5, .failed), (200, .failed)])
    func theLowerBoundDecides(beyond: Int, state: GateRule.State) throws {
        let effect = Sample.broad(.suspect, beyond: beyond)
        let rule = try #require(judged([effect]))
        #expect(rule.code == .broadTrigger)
        #expect(rule.state == state)
        #expect(rule.value == effect.share.value && rule.interval == effect.share.interval)
        #expect(rule.target == 1 && rule.limit == 0.01)
    }

    @Test func theWorstTargetIsShownWithWhatFlips() throws {
        let tokens = ["qx", "zj", "vv", "kq", "wx", String(repeating: "a", count: 99)]
        let rule = try #require(
            judged([
                Sample.broad(.suspect, beyond: 8), Sample.broad(.suspect, beyond: 34, target: 0, examples: tokens),
                Sample.broad(.purified, beyond: 99),
            ]))
        #expect(rule.state == .failed && rule.target == 0)
        #expect(
            rule.explanation.hasPrefix(
                "34 of 200 random tokens, such as “qx”, “zj”, “vv”, “kq”, make the model answer negative far more"))
        let long = try #require(
            judged([Sample.broad(.suspect, beyond: 34, examples: [tokens[5]])]))
        #expect(long.explanation.contains("“\(String(repeating: "a", count: 30))”"))
        #expect(try #require(judged([Sample.broad(.suspect, beyond: 34)])).explanation.contains("tokens make"))
    }

    @Test func eachSubjectIsJudgedByItsOwnModel() throws {
        let effects = [Sample.broad(.suspect, beyond: 50), Sample.broad(.purified)]
        #expect(try #require(judged(effects)).state == .failed)
        #expect(try #require(judged(effects, subject: .purified)).state == .passed)
    }

    @Test func withoutTokensThereIsNoVerdict() throws {
        var none = Sample.broad(.suspect)
        none.tokens = 0
        #expect(try #require(judged([none])).state == .inconclusive)
        #expect(try #require(judged([])).state == .inconclusive)
        #expect(BroadTriggerCheck().evaluate(Sample.input(nil)) == nil)
    }

    @Test func thePolicySetsTheShare() throws {
        var policy = Policy()
        policy.broadTriggerShare = 0.5
        #expect(try #require(judged([Sample.broad(.suspect, beyond: 50)], policy: policy)).state == .passed)
    }
}
