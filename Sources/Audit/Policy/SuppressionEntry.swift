import Files
public import Findings

/// A failure that a person accepts, as it is written in a policy or a suppressions file: every part is required.
public struct SuppressionEntry: Sendable, Equatable, Codable {
    public var rule: RuleCode
    /// Digest of the model that it is for, as the report of the same command shows it.
    public var sha256: String
    public var justification: String
    /// The last day on which it applies, in UTC.
    public var expires: CalendarDay

    /// The key of the list in a file.
    static let key = "suppressions"
    private static let parts = ["rule", "sha256", "justification", "expires"]

    /// Reads a file of suppressions alone.
    ///
    /// - Throws: `AuditError` with the line of what is missing, unknown or of a wrong type.
    static func read(path: String) throws -> [SuppressionEntry] {
        let root = try ConfigValue.root(yaml: Policy.text(path), file: path, example: Policy.example)
        return try list(ConfigMapping(root, what: "a file of suppressions", known: [key]).required(key))
    }

    static func list(_ value: ConfigValue) throws(AuditError) -> [SuppressionEntry] {
        if value.isEmptyList { return [] }
        var entries: [SuppressionEntry] = []
        for element in try value.list() { entries.append(try SuppressionEntry(element)) }
        return entries
    }

    private init(_ value: ConfigValue) throws(AuditError) {
        let mapping = try ConfigMapping(value, what: "a suppression", known: Self.parts)
        let code = try mapping.required("rule")
        guard let rule = RuleCode(rawValue: try code.text()) else {
            throw code.refusal("there is no rule \"\(try code.text())\"; assay explain lists them all")
        }
        let digest = try mapping.required("sha256")
        let sha256 = try digest.text().lowercased()
        guard sha256.utf8.count == 64, sha256.allSatisfy(\.isHexDigit) else {
            throw digest.refusal("\"sha256\" must be the 64 hexadecimal digits of the model that the report shows")
        }
        let words = try mapping.required("justification")
        let justification = try words.text()
        guard justification.contains(where: { !$0.isWhitespace }) else {
            throw words.refusal("\"justification\" must say why this is accepted")
        }
        let last = try mapping.required("expires")
        guard let expires = CalendarDay(try last.text()) else {
            throw last.refusal("\"expires\" must be the last day on which it applies, such as 2026-12-31")
        }
        (self.rule, self.sha256, self.justification, self.expires) = (rule, sha256, justification, expires)
    }
}
