import Checkpoints
public import Files

extension Policy {
    /// Reads a policy file; what it does not mention keeps its default.
    ///
    /// - Parameters:
    ///   - text: YAML, a mapping of names to limits, with a list of suppressions if need be.
    ///   - file: name of the file, for errors.
    /// - Throws: `AuditError` with the line of an unknown key, a wrong type or an impossible limit.
    public init(yaml text: String, file: String) throws(AuditError) {
        self.init()
        name = file
        let root = try ConfigValue.document(yaml: text, file: file, example: Self.example)
        guard let root else { return }
        let mapping = try ConfigMapping(
            root, what: "a policy", known: PolicyLimit.all.map(\.key) + [SuppressionEntry.key])
        for limit in PolicyLimit.all {
            if let value = mapping[limit.key] { try limit.read(value, into: &self) }
        }
        if let doubt = mapping["discovered-trigger-doubt"], discoveredTriggerDoubt < discoveredTriggerExcess {
            throw doubt.refusal(
                "\"discovered-trigger-doubt\" must be at least discovered-trigger-excess, \(discoveredTriggerExcess)")
        }
        if let list = mapping[SuppressionEntry.key] { suppressions = try SuppressionEntry.list(list) }
    }

    /// Reads the policy file at a path.
    public init(path: String) throws {
        try self.init(yaml: Self.text(path), file: path)
        name = path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The text of a YAML file of the gate.
    ///
    /// - Throws: a usage error: a gate without its policy was called wrongly.
    static func text(_ path: String) throws(AuditError) -> String {
        let bytes: [UInt8]
        do { bytes = try InputFile(path: path).bytes(limit: 1 << 20) } catch { throw AuditError(usage: "\(error)") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AuditError(usage: "\(path): not UTF-8 text; a policy is a YAML file, see \(example)")
        }
        return text
    }

    /// Where to find a policy to learn from.
    static let example = "assay policy init"
}
