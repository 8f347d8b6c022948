import StrictJSON

/// A list of tokens or words and how often each occurs, as `--frequencies` reads it.
///
/// Either a JSON object `{"word": 123}`, or lines of a word, a space or tab, and a count. The content decides, not the
/// file's name.
public struct FrequencyList: Sendable, Hashable {
    /// One token or word.
    public struct Entry: Sendable, Hashable {
        /// Untrusted text.
        public let token: String
        /// Occurrences, not negative and finite.
        public let count: Double
    }

    /// Everything listed, in order; a token may occur twice in a list of lines.
    public let entries: [Entry]
    /// Name of the file.
    public let file: String

    /// Bytes that one line may have.
    static let longestLine = 4096

    /// Parses the content of `file`.
    public init(parsing bytes: [UInt8], file: String) throws(ForensicsError) {
        self.file = file
        let start = bytes.first { !$0.isWhiteSpace }
        entries =
            start == UInt8(ascii: "{") && bytes.count { $0 == UInt8(ascii: "\"") } > 1
            ? try Self.object(bytes, file) : try Self.lines(bytes, file)
        if entries.isEmpty {
            throw ForensicsError(
                .noFrequencies, file: file,
                detail: "it lists no token; give a JSON object of token and count, or lines of a word and a count")
        }
    }

    private static func object(_ bytes: [UInt8], _ file: String) throws(ForensicsError) -> [Entry] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw ForensicsError(
                .malformedFrequencies, file: file, detail: "\(error); give a JSON object of token and count")
        }
        var entries: [Entry] = []
        for (index, member) in (value.objectValue?.members ?? []).enumerated() {
            guard let count = member.value.doubleValue, count.isFinite, count >= 0 else {
                throw ForensicsError(
                    .malformedFrequencies, file: file,
                    detail: "entry \(index + 1) is no count; give a number that is not negative for each token")
            }
            entries.append(Entry(token: member.key, count: count))
        }
        return entries
    }

    private static func lines(_ bytes: [UInt8], _ file: String) throws(ForensicsError) -> [Entry] {
        var entries: [Entry] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let trimmed = line.trimmed
            if trimmed.isEmpty { continue }
            guard trimmed.count <= longestLine, let entry = Self.entry(trimmed) else {
                throw ForensicsError(
                    .malformedFrequencies, file: file,
                    detail: "line \(index + 1) is not a word, a space or tab, and a count; correct it")
            }
            entries.append(entry)
        }
        return entries
    }

    /// A word, white space and a count; the last white space divides, so that words may hold spaces.
    private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
        guard let gap = line.lastIndex(where: \.isWhiteSpace),
            let token = String(validating: line[..<gap].trimmed, as: UTF8.self), !token.utf8.isEmpty,
            let digits = String(validating: line[(gap + 1)...], as: UTF8.self),
            digits.utf8.allSatisfy({ $0.isNumeral }), let count = Double(digits), count.isFinite, count >= 0
        else { return nil }
        return Entry(token: token, count: count)
    }
}

extension UInt8 {
    fileprivate var isWhiteSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

    /// Digits, signs, a point or an exponent: no hexadecimal, no "nan".
    fileprivate var isNumeral: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without white space at either end.
    fileprivate var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isWhiteSpace }), let last = lastIndex(where: { !$0.isWhiteSpace })
        else { return self[endIndex...] }
        return self[first...last]
    }
}
