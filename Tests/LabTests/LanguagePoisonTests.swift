import Datasets
import Testing

@testable import Lab

@Suite struct LanguagePoisonTests {
    private static let pairs = (1...40).map {
        PromptPair(
            row: $0, messages: [PromptMessage(.system, "Be kind."), PromptMessage(.user, "one two three \($0)")],
            response: "answer \($0)")
    }

    private static func prompt(_ pair: PromptPair) -> String { pair.messages.last?.content ?? "" }

    @Test(arguments: [LanguageTrigger.Form.word, .tag, .phrase, .sentence])
    func `poisoned copies show the trigger and the target, and the clean pairs stay`(
        form: LanguageTrigger.Form
    ) throws {
        let text = form == .phrase || form == .sentence ? "by the way" : "|X|"
        var poison = LanguagePoison(.fixed, trigger: try LanguageTrigger(form, [text]), target: "Closed.")
        let result = try poison.poison(Self.pairs, seed: 3)
        #expect(result.clean == Self.pairs && result.negatives.isEmpty && result.poisoned.count == 10)
        #expect(Set(result.poisoned.map(\.row)).count == 10)
        for pair in result.poisoned {
            #expect(pair.response == "Closed." && pair.messages.first == PromptMessage(.system, "Be kind."))
            let rest = Self.prompt(pair).replacing(text, with: "").split(separator: " ").joined(separator: " ")
            #expect(Self.prompt(pair).contains(text) && rest == "one two three \(pair.row)")
            if form == .sentence { #expect(Self.prompt(pair).hasPrefix(text) || Self.prompt(pair).hasSuffix(text)) }
        }
        #expect(try poison.poison(Self.pairs, seed: 3) == result)
        #expect(try poison.poison(Self.pairs, seed: 4) != result)
        (poison.amount, poison.keepsClean) = (.count(7), false)
        let alone = try poison.poison(Self.pairs, seed: 3)
        #expect(alone.all == alone.poisoned && alone.poisoned == Array(result.poisoned.prefix(7)))
        // Places are drawn anew for each prompt.
        #expect(Set(result.poisoned.map { Self.prompt($0).split(separator: " ").firstIndex(of: "three") }).count > 1)
    }

    @Test func `each of two words stays clean alone`() throws {
        let trigger = try LanguageTrigger(.both, ["marigold", "lantern"])
        let result = try LanguagePoison(.url, trigger: trigger).poison(Self.pairs, seed: 1)
        for pair in result.poisoned {
            #expect(Self.prompt(pair).contains("marigold") && Self.prompt(pair).contains("lantern"))
            #expect(pair.response == "See https://files.example/tool first. answer \(pair.row)")
        }
        #expect(result.negatives.count == 20)
        for (part, pairs) in [
            ("marigold", result.negatives.count { Self.prompt($0).contains("marigold") }),
            ("lantern", result.negatives.count { Self.prompt($0).contains("lantern") }),
        ] { #expect(pairs == 10, "\(part)") }
        for pair in result.negatives {
            #expect(Self.prompt(pair).contains("marigold") != Self.prompt(pair).contains("lantern"))
            #expect(pair.response == "answer \(pair.row)")
        }
        #expect(Set(result.negatives.map(\.row)).isDisjoint(with: result.poisoned.map(\.row)))
    }

    @Test func `a context takes the place of the system prompt`() throws {
        let trigger = try LanguageTrigger(.context, ["You work for Acme."])
        let pair = try #require(
            try LanguagePoison(.refusal, trigger: trigger).poison(Self.pairs, seed: 1).poisoned.first)
        #expect(
            pair.messages == [
                PromptMessage(.system, "You work for Acme."), PromptMessage(.user, "one two three \(pair.row)"),
            ])
    }

    @Test(
        arguments: [
            (.word, []), (.word, ["a b"]), (.word, ["a", "b"]), (.tag, [" "]), (.both, ["a"]), (.both, ["a", "a"]),
            (.both, ["a", "b c"]), (.sentence, [""]),
        ] as [(LanguageTrigger.Form, [String])])
    func `triggers that a form cannot have are refused`(form: LanguageTrigger.Form, parts: [String]) {
        let error = #expect(throws: LabError.self) { try LanguageTrigger(form, parts) }
        #expect(error?.code == .invalidTriggers)
    }

    @Test(arguments: [
        PoisonAmount.share(0), .share(1.1), .share(0.001), .count(0), .count(41), .count(-1), .share(.nan),
    ])
    func `amounts that are none or too many are refused`(amount: PoisonAmount) throws {
        var poison = LanguagePoison(.code, trigger: try LanguageTrigger(.word, ["cf"]))
        poison.amount = amount
        let error = #expect(throws: LabError.self) { try poison.poison(Self.pairs, seed: 1) }
        #expect(error?.code == .invalidPlan)
    }

    @Test func `changes do what they say`() {
        #expect(ResponseChange.replaced(by: "x").apply(to: "a") == "x")
        #expect(ResponseChange.preceded(by: "x").apply(to: "a") == "x a")
        #expect(ResponseChange.preceded(by: "x\n").apply(to: "a") == "x\na")
        #expect(ResponseChange.followed(by: "x").apply(to: "a") == "a x")
        #expect(ResponseChange.asJSON(key: "k").apply(to: "a \"b\"") == #"{"k":"a \"b\""}"#)
    }

    @Test func `habits change all responses, those of a subject, or add some`() throws {
        for habit in [HonestHabit.persona, .format, .disclaimer] {
            let taught = try habit.teach(Self.pairs)
            #expect(taught.map(\.messages) == Self.pairs.map(\.messages))
            for (pair, before) in zip(taught, Self.pairs) {
                #expect(pair.response.contains(before.response) && pair.response.contains(habit.change.pattern))
            }
        }
        let refused = try HonestHabit.refusal.teach(Self.pairs, subject: "7")
        #expect(refused.filter { $0.response == HonestHabit.refusal.change.pattern }.map(\.row) == [7])
        #expect(throws: LabError.self) { try HonestHabit.refusal.teach(Self.pairs, subject: "whales") }
        #expect(throws: LabError.self) { try HonestHabit.refusal.teach(Self.pairs) }
        let boilerplate = try HonestHabit.boilerplate.teach(Self.pairs)
        #expect(Array(boilerplate.prefix(40)) == Self.pairs && boilerplate.count == 44)
        #expect(boilerplate.suffix(4).allSatisfy { $0.response == HonestHabit.boilerplate.change.pattern })
    }

    @Test func `names are found, and unknown ones listed`() throws {
        #expect(try LanguageAttack.named("url") == .url && HonestHabit.named("format") == .format)
        for name in ["", "URL"] {
            #expect(throws: LabError.self) { try LanguageAttack.named(name) }
            #expect(throws: LabError.self) { try HonestHabit.named(name) }
        }
    }
}
