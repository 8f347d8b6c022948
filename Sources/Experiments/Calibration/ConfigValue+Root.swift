import Audit
import Kernels
import Yams

extension ConfigValue {
    /// The whole of a configuration file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: name of the file, for errors.
    ///   - example: a file to learn from.
    /// - Throws: `AuditError` with the line of what is not YAML.
    static func root(yaml text: String, file: String, example: String) throws(AuditError) -> ConfigValue {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            let (line, problem): (Int, String) =
                switch error as? YamlError {
                case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                    .composer(_, let problem, let mark, _):
                    (mark.line, problem)
                case .duplicatedKeysInMapping(let keys, let context):
                    (context.mark.line, "given twice: " + keys.sorted().joined(separator: ", "))
                default: (1, "it cannot be read")
                }
            throw AuditError(usage: "\(file):\(line): not valid YAML (\(problem)); see \(example) for an example")
        }
        guard let root else { throw AuditError(usage: "\(file): it is empty; see \(example) for an example") }
        return ConfigValue(node: root, file: file, name: "")
    }

    func precision() throws(AuditError) -> Precision {
        guard let known = Precision(rawValue: try text()) else {
            throw refusal("\"\(name)\" must be \(Precision.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return known
    }

    /// One value or a list of them; none may occur twice.
    func oneOrMore<Value: Hashable>(
        _ read: (ConfigValue) throws(AuditError) -> Value
    ) throws(AuditError) -> [Value] {
        node.sequence == nil ? [try read(self)] : try list(read)
    }

    /// Seeds as a list, or from one to another: "1-13".
    func seedsOrRange() throws(AuditError) -> [UInt64] {
        if node.sequence != nil { return try seeds() }
        let ends = (node.scalar?.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
            .map { UInt64($0) }
        guard let first = ends.first.flatMap(\.self), let last = ends.last.flatMap(\.self), ends.count <= 2,
            first <= last, last - first < 10_000, last <= 1 << 53
        else { throw refusal("\"\(name)\" must be a list of seeds, or a range such as 1-13") }
        return Array(first...last)
    }
}
