import Yams

extension ConfigValue {
    /// The whole of a configuration file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: name of the file, for errors.
    ///   - example: a file to learn from.
    /// - Throws: `AuditError` with the line of what is not YAML.
    public static func root(yaml text: String, file: String, example: String) throws(AuditError) -> ConfigValue {
        guard let root = try document(yaml: text, file: file, example: example) else {
            throw AuditError(usage: "\(file): it is empty; see \(example) for an example")
        }
        return root
    }

    /// As `root`; nil for a file that holds comments at most.
    public static func document(yaml text: String, file: String, example: String) throws(AuditError) -> ConfigValue? {
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
                    (
                        Self.secondLine(of: keys, from: context.mark.line, in: text),
                        "given twice: " + keys.sorted().joined(separator: ", ")
                    )
                default: (1, "it cannot be read")
                }
            throw AuditError(usage: "\(file):\(line): not valid YAML (\(problem)); see \(example) for an example")
        }
        return root.map { ConfigValue(node: $0, file: file, name: "") }
    }

    /// The line on which one of the keys of a mapping stands again; the mapping's own where it is written in one line.
    private static func secondLine(of keys: [String], from start: Int, in text: String) -> Int {
        var seen = Set<String>()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().dropFirst(
            max(0, start - 1))
        for (index, line) in lines {
            let name = line.drop { $0 == " " }.prefix { $0 != ":" }.filter { $0 != "\"" && $0 != "'" && $0 != " " }
            if keys.contains(name), !seen.insert(name).inserted { return index + 1 }
        }
        return start
    }
}
