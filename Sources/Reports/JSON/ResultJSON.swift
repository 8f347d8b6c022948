internal import Crypto
internal import Findings
internal import FoundationEssentials

/// The JSON of a result: sorted keys, one record a line, and no byte that a browser or terminal would act on.
enum ResultJSON {
    /// The bytes of result.json, which are also the bytes embedded in the HTML report.
    static func bytes(of result: AuditResult) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        // Encoding fails only for numbers that are not finite, and those have a form here.
        guard let data = try? encoder.encode(result) else { return [] }
        return Array(inert(String(decoding: data, as: UTF8.self)).utf8)
    }

    /// Lower-case hexadecimal SHA-256.
    static func sha256(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The result in a file's bytes.
    static func result(from bytes: [UInt8], file: String) throws(ReportError) -> AuditResult {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            let version = try decoder.decode(Header.self, from: Data(bytes)).schemaVersion
            guard version == AuditResult.currentSchemaVersion else {
                throw ReportError(
                    .unreadableResult, file: file,
                    detail: "it has schema version \(version) and this program reads "
                        + "\(AuditResult.currentSchemaVersion); render it with the version that wrote it.")
            }
            return try decoder.decode(AuditResult.self, from: Data(bytes))
        } catch let error as ReportError {
            throw error
        } catch let error as DecodingError {
            throw ReportError(.unreadableResult, file: file, detail: reason(error))
        } catch {
            throw ReportError(.unreadableResult, file: file, detail: "it is not JSON; give a result.json of an audit.")
        }
    }

    private struct Header: Decodable { var schemaVersion: Int }

    private static func reason(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            TerminalText.escape(path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: "."))
        }
        switch error {
        case .keyNotFound(let key, let context):
            return "“\(place(context.codingPath + [key]))” is missing; give a result.json of an audit."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "“\(place(context.codingPath))” has the wrong type; give a result.json as the audit wrote it."
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return "“\(place(context.codingPath))” has a value that is not known; give a result.json as it was written."
        default:
            return "it is not JSON; give a result.json of an audit."
        }
    }

    /// Structures down to this depth are broken into lines; a tensor, a row or a trigger stays on one.
    private static let brokenDepth = 3

    /// Breaks compact JSON into lines and writes as `\u` escapes what is harmless in JSON but not where JSON ends up:
    /// `<` in a page, controls and bidirectional overrides in a terminal.
    private static func inert(_ json: String) -> String {
        var text = String.UnicodeScalarView()
        var depth = 0
        var isString = false
        var isEscaped = false
        func breakLine() {
            text.append("\n")
            text.append(contentsOf: repeatElement(" ", count: depth))
        }
        var previous: Unicode.Scalar = " "
        for scalar in json.unicodeScalars {
            if isString {
                append(scalar, to: &text)
                isString = scalar != "\"" || isEscaped
                isEscaped = scalar == "\\" && !isEscaped
                previous = scalar
                continue
            }
            if scalar == "}" || scalar == "]" {
                let isEmpty = previous == "{" || previous == "["
                depth -= 1
                if depth < brokenDepth, !isEmpty { breakLine() }
            } else if previous == "{" || previous == "[", depth <= brokenDepth {
                breakLine()
            }
            text.append(scalar)
            switch scalar {
            case "\"": isString = true
            case "{", "[": depth += 1
            case ",":
                if depth <= brokenDepth { breakLine() }
            default: break
            }
            previous = scalar
        }
        text.append("\n")
        return String(text)
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String.UnicodeScalarView) {
        let isInert = scalar.isASCII ? scalar != "<" && scalar.value != 0x7F : !VisibleText.isHidden(scalar)
        if isInert {
            text.append(scalar)
            return
        }
        for unit in UTF16.encode(scalar) ?? .init() {
            let digits = String(unit, radix: 16)
            text.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
        }
    }
}
