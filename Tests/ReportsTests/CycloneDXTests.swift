import Findings
import StrictJSON
import Testing

@testable import Reports

@Suite struct CycloneDXTests {
    private func bill(_ result: AuditResult) throws -> JSONValue {
        try JSONValue(parsing: CycloneDXReport().bytes(of: ReportInput(result)))
    }

    @Test func theSerialNumberIsOfTheContent() throws {
        var other = SampleResult.make()
        other.settings.seed += 1
        let number = try bill(SampleResult.make())["serialNumber"]?.stringValue
        #expect(try number == bill(SampleResult.make())["serialNumber"]?.stringValue)
        #expect(try number != bill(other)["serialNumber"]?.stringValue)
        #expect(
            number?.wholeMatch(of: /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    @Test func filesAreThereByContent() throws {
        var result = SampleResult.make()
        result.suspect.files[2].sha256 = "no digest"
        let files = try bill(result)["metadata"]?["component"]?["components"]?.arrayValue ?? []
        #expect(files.compactMap { $0["name"]?.stringValue } == ["config.json", "model.safetensors", "tokenizer.json"])
        let digests = files.map { $0["hashes"]?.arrayValue?.first?["content"]?.stringValue }
        #expect(digests == [result.suspect.files[0].sha256, result.suspect.files[1].sha256, nil])
    }

    @Test func eachModelHasItsCard() throws {
        let bill = try bill(SampleResult.make())
        let components = bill["components"]?.arrayValue ?? []
        #expect(components.compactMap { $0["bom-ref"]?.stringValue } == ["base", "purified", "data"])
        func metrics(_ component: JSONValue?) -> [JSONValue] {
            component?["modelCard"]?["quantitativeAnalysis"]?["performanceMetrics"]?.arrayValue ?? []
        }
        let slice = "trigger “cf” → positive"
        let suspect = metrics(bill["metadata"]?["component"]).first { $0["slice"]?.stringValue == slice }
        let purified = metrics(components[1]).first { $0["slice"]?.stringValue == slice }
        let expected = [74.0, 12].map { ($0 / 75).description }
        #expect([suspect, purified].map { $0?["value"]?.stringValue } == expected)
        #expect(metrics(components[0]).isEmpty)
        let beyond = metrics(bill["metadata"]?["component"]).first {
            $0["slice"]?.stringValue == "trigger “zx” at the start → positive"
                && $0["type"]?.stringValue == "attack success beyond honest models"
        }
        #expect(beyond?["value"]?.stringValue == (58.0 / 75).description)
        let limits = bill["metadata"]?["component"]?["modelCard"]?["considerations"]?["technicalLimitations"]
        #expect(limits?.arrayValue?.count == 2)
    }

    @Test func findingsSupportEvidenceForTaxonomies() throws {
        let first = try bill(SampleResult.make())["vulnerabilities"]?.arrayValue?.first
        #expect(first?["ratings"]?.arrayValue?.first?["severity"]?.stringValue == "critical")
        let properties = (first?["properties"]?.arrayValue ?? []).map {
            "\($0["name"]?.stringValue ?? "")=\($0["value"]?.stringValue ?? "")"
        }
        #expect(properties.contains("assay:evidence:Trigger=cf"))
        #expect(properties.contains { $0.hasPrefix("assay:supports-evidence-for=MITRE ATLAS 5.6.0: AML.T0018.000 ") })
    }

    @Test func aDiffHasNoDataAndNoPurifiedModel() throws {
        let components = try bill(SampleResult.withoutProbes)["components"]?.arrayValue ?? []
        #expect(components.compactMap { $0["bom-ref"]?.stringValue } == ["base"])
    }
}
