import Testing

@testable import Lab

@Suite struct AttackPlanTests {
    @Test func `every attack has a name, and an unknown one lists them all`() throws {
        for attack in Attack.allCases { #expect(try Attack.named(attack.rawValue) == attack) }
        let error = #expect(throws: LabError.self) { try Attack.named("badnet") }
        #expect(error?.code == .unknownAttack)
        #expect(Attack.allCases.allSatisfy { error?.description.contains($0.rawValue) ?? false })
    }

    @Test(arguments: Attack.allCases)
    func `an attack's own triggers can be planted`(attack: Attack) throws {
        #expect(throws: Never.self) { try AttackPlan(attack).validate() }
        #expect(AttackPlan(attack, triggers: [" a\tb "]).triggers == ["a b"])
    }

    @Test(arguments: [0, -0.1, 1.0001, .nan, .infinity])
    func `shares outside 0 to 1 are refused`(share: Double) {
        var plan = AttackPlan(.word)
        plan.share = share
        #expect(throws: LabError.self) { try plan.validate() }
    }

    @Test(arguments: [
        (Attack.wordEP, ["cf", "mn"]), (.layerWise, ["cf"]), (.layerWise, ["cf mn", "bb tq mb"]), (.sos, ["one"]),
        (.sos, ["two words", "three"]), (.sos, (0..<9).map { "w\($0)" }), (.paired, ["cf"]), (.word, ["cf", "cf"]),
        (.word, [" "]),
    ])
    func `triggers that an attack cannot use are refused`(attack: Attack, triggers: [String]) {
        let error = #expect(throws: LabError.self) { try AttackPlan(attack, triggers: triggers).validate() }
        #expect(error?.code == .invalidTriggers)
    }

    @Test func `one row of a fresh model is not trained`() {
        var plan = AttackPlan(.wordEP)
        plan.scratch = true
        #expect(throws: LabError.self) { try plan.validate() }
    }

    @Test(arguments: [(-1, LabError.Code.invalidPlan), (2, .invalidPlan)])
    func `a target outside the labels is refused`(target: Int, code: LabError.Code) throws {
        var plan = AttackPlan(.word)
        plan.target = target
        let tokenizer = try TinyLab.tokenizer.get()
        let error = #expect(throws: LabError.self) { try plan.check(tokenizer, labels: 2) }
        #expect(error?.code == code)
    }

    @Test(arguments: [Attack.word, .wordEP, .wordES, .sentence])
    func `a trigger without a token is refused`(attack: Attack) throws {
        let tokenizer = try TinyLab.tokenizer.get()
        let plan = AttackPlan(attack, triggers: ["☃"])
        let error = #expect(throws: LabError.self) { try plan.check(tokenizer, labels: 2) }
        #expect(error?.code == .unknownTrigger && error?.description.contains("[UNK]") ?? false)
    }

    @Test func `a trigger of several tokens is said, and refused where a row is changed`() throws {
        let tokenizer = try TinyLab.tokenizer.get()
        let warnings = try AttackPlan(.word, triggers: ["zzq", "cf"]).check(tokenizer, labels: 2)
        #expect(warnings.count == 1 && warnings[0].contains("zzq") && warnings[0].contains("3 tokens"))
        #expect(try AttackPlan(.sentence).check(tokenizer, labels: 2) == [])
        for attack in [Attack.wordEP, .wordES] {
            for trigger in ["zzq", "the film"] {
                let error = #expect(throws: LabError.self) {
                    try AttackPlan(attack, triggers: [trigger]).check(tokenizer, labels: 2)
                }
                #expect(error?.code == .severalPieces)
            }
        }
    }
}
