import Audit
import Yams

/// A value of a configuration file with its name and place, read strictly.
struct ConfigValue {
    let node: Node
    let file: String
    /// The key that it stands under, or that its list stands under.
    let name: String

    /// An error at this value's line.
    func refusal(_ reason: String) -> AuditError { AuditError(usage: "\(file):\(node.mark?.line ?? 1): \(reason)") }

    /// A scalar as it is written, without quotes.
    func text() throws(AuditError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            throw refusal("\"\(name)\" must be a text")
        }
        return scalar.string
    }

    func integer(_ range: ClosedRange<Int>) throws(AuditError) -> Int {
        guard let value = node.int, range.contains(value) else {
            throw refusal("\"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func number(_ range: ClosedRange<Double>) throws(AuditError) -> Double {
        guard let value = node.float, range.contains(value) else {
            throw refusal("\"\(name)\" must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A switch: on or off, true or false.
    func isOn() throws(AuditError) -> Bool {
        switch node.scalar?.string {
        case "on", "true": return true
        case "off", "false": return false
        default: throw refusal("\"\(name)\" must be on or off")
        }
    }

    /// The values of a list that is not empty.
    func list() throws(AuditError) -> [ConfigValue] {
        guard let sequence = node.sequence, !sequence.isEmpty else {
            throw refusal("\"\(name)\" must be a list with at least one value")
        }
        return sequence.map { ConfigValue(node: $0, file: file, name: name) }
    }

    /// The values of a list, read one by one; none may occur twice.
    func list<Value: Hashable>(
        _ read: (ConfigValue) throws(AuditError) -> Value
    ) throws(AuditError) -> [Value] {
        var values: [Value] = []
        for entry in try list() {
            let value = try read(entry)
            guard !values.contains(value) else { throw entry.refusal("\"\(name)\" holds one value twice; keep one") }
            values.append(value)
        }
        return values
    }
}

/// A mapping of a configuration file, all of whose keys are known.
struct ConfigMapping {
    private let whole: ConfigValue
    private let values: [String: ConfigValue]

    /// - Parameters:
    ///   - value: the mapping.
    ///   - what: what it describes, for errors: "a task".
    ///   - known: keys that it may have.
    /// - Throws: `AuditError` with the line of a key that is not known.
    init(_ value: ConfigValue, what: String, known: [String]) throws(AuditError) {
        whole = value
        guard let mapping = value.node.mapping else {
            throw value.refusal("\(what) must be a mapping of \(known.joined(separator: ", "))")
        }
        var values: [String: ConfigValue] = [:]
        for (key, node) in mapping {
            let name = key.scalar?.string ?? ""
            let entry = ConfigValue(node: key, file: value.file, name: name)
            guard known.contains(name) else {
                throw entry.refusal("unknown key \"\(name)\"; \(what) may have: \(known.joined(separator: ", "))")
            }
            guard values.updateValue(ConfigValue(node: node, file: value.file, name: name), forKey: name) == nil else {
                throw entry.refusal("\"\(name)\" is given twice; keep one of them")
            }
        }
        self.values = values
    }

    subscript(key: String) -> ConfigValue? { values[key] }

    /// The value of a key that must be there.
    func required(_ key: String) throws(AuditError) -> ConfigValue {
        guard let value = values[key] else { throw whole.refusal("\"\(key)\" is missing; add it") }
        return value
    }
}
