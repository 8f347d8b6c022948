import Yams

/// A mapping of a configuration file, all of whose keys are known.
public struct ConfigMapping {
    private let whole: ConfigValue
    private let values: [String: ConfigValue]

    /// - Parameters:
    ///   - value: the mapping.
    ///   - what: what it describes, for errors: "a task".
    ///   - known: keys that it may have.
    /// - Throws: `AuditError` with the line of a key that is not known.
    public init(_ value: ConfigValue, what: String, known: [String]) throws(AuditError) {
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

    public subscript(key: String) -> ConfigValue? { values[key] }

    /// The value of a key that must be there.
    public func required(_ key: String) throws(AuditError) -> ConfigValue {
        guard let value = values[key] else { throw whole.refusal("\"\(key)\" is missing; add it") }
        return value
    }
}
