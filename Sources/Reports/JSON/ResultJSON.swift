internal import Crypto
internal import Findings
internal import FoundationEssentials

/// A result as JSON, written and read; its schema is docs/schema/audit-result-2.schema.json.
enum ResultJSON {
    /// The bytes of result.json, which are also the bytes embedded in the HTML report.
    static func bytes(of result: AuditResult) -> [UInt8] {
        JSONText.bytes(of: result, brokenDepth: 3)
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
            positiveInfinity: JSONText.infinity, negativeInfinity: JSONText.negativeInfinity, nan: JSONText.notANumber)
        do {
            let version = try decoder.decode(Header.self, from: Data(bytes)).schemaVersion
            guard version == AuditResult.currentSchemaVersion else {
                let own = AuditResult.currentSchemaVersion
                throw ReportError(
                    .unreadableResult, file: file,
                    detail: "it has schema version \(version) and this program reads \(own); "
                        + (version < own
                            ? "run the audit again with this version." : "render it with the version that wrote it."))
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
}
