import Findings
import StrictJSON
import Testing

@testable import Reports

@Suite struct ReadJSONTests {
    @Test(arguments: [
        ("", "not JSON"), ("not json", "not JSON"), ("[1]", "wrong type"), ("{}", "“schemaVersion” is missing"),

        (
            #"{"schemaVersion":99}"#,
            "schema version 99 and this program reads 2; render it with the version that wrote it."
        ),
        (#"{"schemaVersion":1}"#, "schema version 1 and this program reads 2; run the audit again with this version."),
        (#"{"schemaVersion":"1"}"#, "“schemaVersion” has the wrong type"),
        (#"{"schemaVersion":2}"#, "is missing"), ("\u{0}\u{1}", "not JSON"),
    ])
    func unreadableResultsAreOneSentence(text: String, reason: String) {
        let error = #expect(throws: ReportError.self) {
            _ = try ReportWriter.readJSON(Array(text.utf8), file: "a\u{1B}/result.json")
        }
        #expect(error?.code == .unreadableResult)
        #expect(error?.description.hasPrefix("a[U+001B]/result.json: ") == true)
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func unknownCodesNameTheirPlace() throws {
        let json = String(decoding: try ReportWriter().json(SampleResult.make()), as: UTF8.self)
        let broken = json.replacing("\"code\":\"ASY210\"", with: "\"code\":\"ASY999\"")
        let error = #expect(throws: ReportError.self) {
            _ = try ReportWriter.readJSON(Array(broken.utf8), file: "result.json")
        }
        #expect(error?.description.contains("findings.3.code") == true, "\(error?.description ?? "")")
    }

    @Test func truncationAtAnyPlaceIsAnError() throws {
        let json = try ReportWriter().json(SampleResult.withoutProbes)
        for count in stride(from: 0, to: json.count - 2, by: 997) {
            #expect(throws: ReportError.self) { _ = try ReportWriter.readJSON(Array(json.prefix(count)), file: "r") }
        }
    }

    /// Half of a surrogate pair or a byte that is not UTF-8 is refused or replaced, and never written again.
    @Test(arguments: [Array(#"\ud800"#.utf8), Array(#"\udc00x"#.utf8), [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]])
    func brokenTextIsNotHandedOn(text: [UInt8]) throws {
        let writer = try ReportWriter()
        let json = writer.json(SampleResult.make())
        let start = try #require(json.firstRange(of: Array("movies-badword".utf8))?.lowerBound)
        let broken = Array(json[..<start]) + text + json[start...]
        guard let result = try? ReportWriter.readJSON(broken, file: "result.json") else { return }
        for format in ReportFormat.allCases {
            let bytes = try writer.bytes(format, of: ReportInput(result))
            #expect(String(validating: bytes, as: UTF8.self) != nil)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: writer.json(result)) }
    }
}
