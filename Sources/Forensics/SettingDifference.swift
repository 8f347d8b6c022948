import StrictJSON

/// A setting of config.json or of the tokenizer that differs between suspect and base.
public struct SettingDifference: Sendable, Hashable, Codable {
    /// What differs.
    public enum Subject: String, Sendable, Codable {
        /// A field of config.json.
        case config
        /// An id that stands for another token.
        case vocabulary
        /// An id that is special in one model alone.
        case specialToken
        /// A field of a tokenizer file.
        case tokenizerSetting
        /// The ids of a text.
        case encoding
    }

    /// What differs.
    public let subject: Subject
    /// Where: `hidden_act`, `normalizer.lowercase`, `vocabulary[12935]`. Untrusted text.
    public let field: String
    /// The suspect's value as short text; nil where absent. Untrusted text.
    public let suspect: String?
    /// The base's value as short text; nil where absent. Untrusted text.
    public let base: String?
    /// True when it can change predictions; false for bookkeeping.
    public let material: Bool
    /// Places that differ and are not listed by themselves, of an entry that sums them up; nil for a single one.
    public let unlisted: Int?

    init(
        _ subject: Subject, field: String, suspect: String?, base: String?, material: Bool, unlisted: Int? = nil
    ) {
        self.subject = subject
        self.field = Self.short(field)
        self.suspect = suspect.map(Self.short)
        self.base = base.map(Self.short)
        self.material = material
        self.unlisted = unlisted
    }

    /// Unicode scalars after which a value is cut.
    static let longest = 120

    private static func short(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let cut = scalars.index(scalars.startIndex, offsetBy: longest, limitedBy: scalars.endIndex),
            cut < scalars.endIndex
        else { return text }
        return String(scalars[..<cut]) + "…"
    }
}

/// Walks two JSON values side by side and lists the leaves that differ.
///
/// Absent equals null, `1` equals `1.0`, members may stand in any order, and a token written as `{"content": "[CLS]"}`
/// equals `"[CLS]"`.
struct SettingWalk {
    let subject: SettingDifference.Subject
    /// Put before every field: the file's name.
    var prefix = ""
    /// Values that an absent top-level field stands for.
    var defaults: [String: JSONValue] = [:]
    /// Whether a top-level field can change predictions.
    var isMaterial: (String) -> Bool = { _ in true }

    /// Differences listed one by one; further ones are counted, or a hostile file would flood the report.
    static let listed = 200

    /// Every difference, the base's fields first.
    func differences(suspect: JSONObject, base: JSONObject) -> [SettingDifference] {
        var result: [SettingDifference] = []
        for key in Self.keys(base, suspect) {
            let standard = defaults[key] ?? .null
            compare(
                Self.present(suspect[key]) ?? standard, Self.present(base[key]) ?? standard, path: key,
                material: isMaterial(key), absent: (suspect[key] == nil, base[key] == nil), into: &result)
        }
        guard result.count > Self.listed else { return result }
        let further = result[Self.listed...]
        let count = SettingDifference(
            subject, field: prefix + "further fields", suspect: "\(further.count) more differ", base: nil,
            material: further.contains(where: \.material), unlisted: further.count)
        return result.prefix(Self.listed) + [count]
    }

    private func compare(
        _ suspect: JSONValue, _ base: JSONValue, path: String, material: Bool, absent: (suspect: Bool, base: Bool),
        into result: inout [SettingDifference]
    ) {
        if Self.equivalent(suspect, base) { return }
        if let a = suspect.objectValue, let b = base.objectValue {
            for key in Self.keys(b, a) {
                compare(
                    a[key] ?? .null, b[key] ?? .null, path: path + "." + key, material: material,
                    absent: (a[key] == nil, b[key] == nil), into: &result)
            }
            return
        }
        result.append(
            SettingDifference(
                subject, field: prefix + path, suspect: absent.suspect ? nil : Self.text(suspect),
                base: absent.base ? nil : Self.text(base), material: material))
    }

    /// Whether two values mean the same.
    static func equivalent(_ a: JSONValue, _ b: JSONValue) -> Bool {
        switch (a, b) {
        case (.integer(let x), .number(let y)), (.number(let y), .integer(let x)): return Double(x) == y
        case (.array(let x), .array(let y)):
            return x.count == y.count && zip(x, y).allSatisfy { equivalent($0, $1) }
        case (.object(let x), .object(let y)):
            return keys(x, y).allSatisfy { equivalent(x[$0] ?? .null, y[$0] ?? .null) }
        case (.object(let token), .string), (.string, .object(let token)):
            guard let content = token["content"], case .string = content else { return false }
            return content == (a.stringValue == nil ? b : a)
        default: return a == b
        }
    }

    /// The keys of two objects without repetition, those of the first in front.
    private static func keys(_ first: JSONObject, _ second: JSONObject) -> [String] {
        first.members.map(\.key) + second.members.map(\.key).filter { first[$0] == nil }
    }

    /// A value that is neither absent nor null.
    private static func present(_ value: JSONValue?) -> JSONValue? {
        value.flatMap { $0.isNull ? nil : $0 }
    }

    /// A string as it is, any other value as JSON.
    private static func text(_ value: JSONValue) -> String {
        value.stringValue ?? String(decoding: value.serialized(), as: UTF8.self)
    }
}
