import Audit
import Files

extension TaskConfig {
    private static let keys = [
        "name", "train", "clean", "test", "train-rows", "test-rows", "max-length", "target", "seeds", "attacks",
        "remedies", "epur", "rho", "reduction",
    ]

    init(_ value: ConfigValue, _ common: TaskDefaults) throws(AuditError) {
        let mapping = try ConfigMapping(value, what: "a task", known: Self.keys)
        let nameValue = try mapping.required("name")
        name = try nameValue.text()
        guard name.utf8.allSatisfy({ ("a"..."z").contains(Character(UnicodeScalar($0))) || Self.isDigitOrHyphen($0) })
        else { throw nameValue.refusal("a task's name has lower-case letters, digits and hyphens only") }
        train = try mapping.required("train").text()
        clean = try mapping.required("clean").text()
        test = try mapping.required("test").text()
        trainRows = try mapping["train-rows"]?.integer(2...100_000_000)
        testRows = try mapping["test-rows"]?.integer(2...100_000_000)
        maxLength = try mapping["max-length"]?.integer(8...100_000)
        let target = try mapping["target"]?.integer(0...9_999) ?? common.target
        self.target = target
        seeds = try mapping["seeds"]?.seeds() ?? common.seeds
        guard let attackList = mapping["attacks"] ?? common.attacks else {
            throw value.refusal("\"attacks\" is missing, here and for all tasks; add it")
        }
        attacks = []
        for entry in try attackList.list() {
            let attack = try AttackChoice(entry, target: target)
            guard !attacks.contains(where: { $0.slug == attack.slug }) else {
                throw entry.refusal("\"\(attack.title)\" is listed twice; keep one")
            }
            attacks.append(attack)
        }
        guard let remedies = try mapping["remedies"]?.remedies() ?? common.remedies else {
            throw value.refusal("\"remedies\" is missing, here and for all tasks; add it")
        }
        self.remedies = remedies
        epur = try mapping["epur"]?.switches() ?? common.epur
        fixedRho = try mapping["rho"]?.ratios(remedies) ?? [:]
        reduction = try mapping["reduction"]?.text()
        training = common.training
        remedy = common.remedy
    }

    private static func isDigitOrHyphen(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension ConfigValue {
    /// A list of remedies.
    func remedies() throws(AuditError) -> [RemedyMethod] { try list { entry throws(AuditError) in try entry.remedy() } }

    /// A list of on and off.
    func switches() throws(AuditError) -> [Bool] { try list { entry throws(AuditError) in try entry.isOn() } }

    /// A list of seeds.
    func seeds() throws(AuditError) -> [UInt64] {
        try list { entry throws(AuditError) in UInt64(try entry.integer(0...Int(1) << 53)) }
    }

    /// One reserve ratio for all remedies, or one each.
    func ratios(_ remedies: [RemedyMethod]) throws(AuditError) -> [RemedyMethod: Double] {
        let searched = remedies.filter { $0 != .fineTuning }
        guard isMapping else {
            let ratio = try number(0...1)
            return Dictionary(uniqueKeysWithValues: searched.map { ($0, ratio) })
        }
        let mapping = try ConfigMapping(self, what: "rho", known: searched.map(\.rawValue))
        var ratios: [RemedyMethod: Double] = [:]
        for method in searched { ratios[method] = try mapping[method.rawValue]?.number(0...1) }
        return ratios
    }

    private func remedy() throws(AuditError) -> RemedyMethod {
        let name = try text()
        guard let method = RemedyMethod(rawValue: name) else {
            let known = RemedyMethod.allCases.map(\.rawValue).joined(separator: ", ")
            throw refusal("there is no remedy \"\(name)\"; Assay offers: \(known)")
        }
        return method
    }
}
