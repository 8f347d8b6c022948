import Yams

/// A value of a configuration file with its name and place, read strictly.
public struct ConfigValue {
    let node: Node
    let file: String
    /// The key that it stands under, or that its list stands under.
    public let name: String

    /// An error at this value's line.
    public func refusal(_ reason: String) -> AuditError {
        AuditError(usage: "\(file):\(node.mark?.line ?? 1): \(reason)")
    }

    /// A scalar as it is written, without quotes.
    public func text() throws(AuditError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            throw refusal("\"\(name)\" must be a text")
        }
        return scalar.string
    }

    public func integer(_ range: ClosedRange<Int>) throws(AuditError) -> Int {
        guard let value = (node.scalar?.string).flatMap({ Int($0) }), range.contains(value) else {
            throw refusal("\"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    public func number(_ range: ClosedRange<Double>) throws(AuditError) -> Double {
        guard let value = (node.scalar?.string).flatMap({ Double($0) }), range.contains(value) else {
            throw refusal("\"\(name)\" must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A switch: on or off, true or false.
    public func isOn() throws(AuditError) -> Bool {
        switch node.scalar?.string {
        case "on", "true": return true
        case "off", "false": return false
        default: throw refusal("\"\(name)\" must be on or off")
        }
    }

    /// Whether it is a mapping, and not one value or a list.
    public var isMapping: Bool { node.mapping != nil }

    /// Whether it is a list.
    public var isList: Bool { node.sequence != nil }

    /// Whether it is a list without values.
    public var isEmptyList: Bool { node.sequence?.isEmpty == true }

    /// The values of a list that is not empty.
    public func list() throws(AuditError) -> [ConfigValue] {
        guard let sequence = node.sequence, !sequence.isEmpty else {
            throw refusal("\"\(name)\" must be a list with at least one value")
        }
        return sequence.map { ConfigValue(node: $0, file: file, name: name) }
    }

    /// The values of a list, read one by one; none may occur twice.
    public func list<Value: Hashable>(
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
