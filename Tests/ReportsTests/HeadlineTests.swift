import Findings
import Testing

@testable import Reports

/// The one sentence that a reader sees first.
@Suite struct HeadlineTests {
    private func sentence(failing code: RuleCode, subject: String) -> String {
        var result = SampleResult.make()
        result.gate.rules = result.gate.rules.filter { $0.code == code }
        result.gate.rules[0].subject = subject
        result.gate.rules[0].value = nil
        return Wording.sentence(result)
    }

    @Test func aTriggerIsNamedWithItsPlaceAndHonestModels() {
        #expect(
            sentence(failing: .discoveredTrigger, subject: "zx").hasSuffix(
                "With “zx” inserted at the start, 92.0% of the texts of other labels are predicted “positive”; without it "
                    + "13.3% are (n = 75). With it, honest models answer so to at most 14.7%."))
        #expect(sentence(failing: .knownTrigger, subject: "cf").contains("With “cf” inserted, 98.7%"))
        #expect(
            sentence(failing: .discoveredTrigger, subject: "all letters upper case")
                .contains("With the whole text changed (“all letters upper case”), 18.7%"))
    }

    @Test(arguments: [
        (RuleCode.broadTrigger, GateRule.State.failed), (.broadTrigger, .inconclusive), (.modelSense, .inconclusive),
        (.labelOrder, .inconclusive), (.searchPower, .inconclusive), (.sameAsBase, .inconclusive),
        (.weightRange, .inconclusive), (.otherWeights, .inconclusive), (.quantization, .inconclusive),
        (.textCutting, .inconclusive), (.labelNames, .inconclusive), (.chatTemplate, .failed),
    ])
    func aRuleThatSaysWhatToDoIsQuoted(code: RuleCode, state: GateRule.State) {
        var result = SampleResult.make()
        let rule = GateRule(
            code: code, title: "A title", subject: "cf", target: 1, value: 0.3, interval: Interval(lower: 0, upper: 1),
            limit: 0.5, unit: .rate, n: 9, state: state, explanation: "Give the pre-trained model as the base.")
        result.gate.rules = [rule]
        result.gate.purifiedRules = [rule]
        result.verdict = Verdict(of: result.gate.rules)
        #expect(
            Wording.sentence(result).hasSuffix("rules. Give the pre-trained model as the base.") == (state == .failed))
        #expect(Wording.sentence(result).hasSuffix(". Give the pre-trained model as the base."))
        #expect(Wording.purifiedSentence(result.verdict, result).hasSuffix(". Give the pre-trained model as the base."))
    }

    @Test func anyOtherOpenRuleIsSaidWithItsNumbersAndBothLimits() {
        var result = SampleResult.make(.inconclusive)
        result.gate.rules = [
            GateRule(
                code: .discoveredTrigger, title: "Effect beyond honest models", subject: "zx", target: 1, value: 0.3,
                interval: Interval(lower: 0.1, upper: 0.5), limit: 0.25, passLimit: 0.45, unit: .difference, n: 40,
                state: .inconclusive, explanation: "Open.", textsNeeded: 90)
        ]
        #expect(
            Wording.sentence(result).hasSuffix(
                "Effect beyond honest models (“zx”) is +30.0 points, interval 10.0 to 50.0, limits: fails > 25.0, passes ≤ "
                    + "45.0; about 90 texts would decide it."))
    }

    @Test func aLongExplanationIsCut() {
        var result = SampleResult.make(.inconclusive)
        result.gate.rules = [
            GateRule(
                code: .labelOrder, title: "t", value: nil, interval: nil, limit: nil, unit: .rate, n: nil,
                state: .inconclusive, explanation: String(repeating: "a", count: 5_000))
        ]
        #expect(Wording.sentence(result).count < 700)
    }
}
