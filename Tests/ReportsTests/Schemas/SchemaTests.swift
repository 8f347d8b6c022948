import Findings
import Foundation
import StrictJSON
import Testing

@testable import Reports

/// Every format that has a published schema obeys it, whatever the result.
@Suite struct SchemaTests {
    private static let resultSchema = "docs/schema/audit-result-2.schema.json"

    @Test func theSchemaHasWhatTheCodeHas() throws {
        let schema = try TestFiles.json(Self.resultSchema)
        let definitions = try #require(schema.objectValue?["$defs"]?.objectValue)
        let allowed = try #require(TypeShape(schema: schema, definitions: definitions))
        #expect(try TypeShape(of: AuditResult.self).differences(from: allowed) == [])
    }

    @Test func resultsObeyTheirSchema() throws {
        try check(.json, JSONSchema(TestFiles.json(Self.resultSchema)))
    }

    @Test func sarifObeysTheOfficialSchema() throws {
        try check(.sarif, JSONSchema(TestFiles.json("Tests/Fixtures/schemas/sarif-schema-2.1.0.json")))
    }

    @Test func cycloneDXObeysTheOfficialSchema() throws {
        let others = try ["jsf-0.82.schema.json", "spdx.schema.json"].map {
            ($0, try TestFiles.json("Tests/Fixtures/schemas/\($0)"))
        }
        let bom = try TestFiles.json("Tests/Fixtures/schemas/bom-1.6.schema.json")
        try check(.cyclonedx, JSONSchema(bom, others: Dictionary(uniqueKeysWithValues: others)))
    }

    private func check(_ format: ReportFormat, _ schema: JSONSchema) throws {
        let writer = try ReportWriter()
        let samples = [SampleResult.make(), SampleResult.withoutProbes]
        for input in samples.map({ ReportInput($0, run: SampleResult.run) })
            + Generator.results(20).map({ ReportInput($0) })
        {
            let value = try JSONValue(parsing: writer.bytes(format, of: input))
            #expect(Array(schema.problems(of: value).prefix(3)) == [])
        }
    }

    private static let folder = ProcessInfo.processInfo.environment["ASSAY_WRITE_REPORTS"]

    /// `ASSAY_WRITE_REPORTS=FOLDER` leaves generated reports there for validators other than this one.
    @Test(.enabled(if: folder != nil))
    func generatedReportsAreWritten() throws {
        let folder = URL(filePath: try #require(Self.folder))
        let writer = try ReportWriter()
        for (number, result) in Generator.results(20).enumerated() {
            let place = folder.appending(path: "\(number)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for format in ReportFormat.allCases {
                let input = ReportInput(result, created: number.isMultiple(of: 2) ? number : nil)
                try Data(writer.bytes(format, of: input)).write(to: place.appending(path: format.fileName))
            }
        }
    }

    @Test(arguments: [
        (#"{"type": "string"}"#, "1"), (#"{"required": ["a"]}"#, "{}"),
        (#"{"additionalProperties": false}"#, #"{"a":1}"#),
        (#"{"enum": ["a", 1]}"#, #""b""#), (#"{"items": {"minimum": 2}}"#, "[2,1]"),
        (#"{"uniqueItems": true}"#, "[1,1]"),
        (#"{"oneOf": [{"type": "integer"}, {"minimum": 1}]}"#, "1"), (#"{"pattern": "^a+$"}"#, #""ab""#),
        (##"{"$defs": {"x": {"const": 3}}, "properties": {"a": {"$ref": "#/$defs/x"}}}"##, #"{"a":4}"#),
        (#"{"if": {"type": "integer"}, "then": {"maximum": 2}}"#, "3"), (#"{"minContains": 1}"#, "[]"),
        (##"{"$ref": "#/$defs/none"}"##, "1"), (#"{"minItems": 1}"#, "[]"), (#"{"maxLength": 1}"#, #""ab""#),
    ])
    func theValidatorRefuses(schema: String, value: String) throws {
        let schema = JSONSchema(try JSONValue(parsing: Array(schema.utf8)))
        #expect(try schema.problems(of: JSONValue(parsing: Array(value.utf8))).count == 1)
    }
}
