import Findings
import StrictJSON
import Testing

@testable import Reports

/// What GitHub's code scanning asks of a file beyond the schema, and what SARIF says of acceptance and taxonomies.
@Suite struct SARIFTests {
    private func run(_ result: AuditResult, mostResults: Int = 25_000) throws -> JSONValue {
        let bytes = SARIFReport(mostResults: mostResults).bytes(of: ReportInput(result, run: SampleResult.run))
        return try #require(try JSONValue(parsing: bytes)["runs"]?.arrayValue?.first)
    }

    private func results(_ run: JSONValue) -> [JSONValue] { run["results"]?.arrayValue ?? [] }

    @Test func rulesHaveEverythingThatIsShown() throws {
        let rules = try #require(try run(SampleResult.make())["tool"]?["driver"]?["rules"]?.arrayValue)
        #expect(rules.compactMap { $0["id"]?.stringValue } == RuleCode.allCases.map(\.rawValue))
        for rule in rules {
            for text in ["shortDescription", "fullDescription", "help"] {
                #expect(rule[text]?["text"]?.stringValue?.isEmpty == false)
            }
            #expect(rule["properties"]?["tags"]?.arrayValue?.contains(.string("security")) == true)
            let severity = rule["properties"]?["security-severity"]?.stringValue.flatMap(Double.init)
            #expect(severity.map { $0 > 0 && $0 <= 10 } == true)
        }
        let severity = rules.first?["properties"]?["security-severity"]?.stringValue
        #expect(severity == "9.5", "the gravest finding of the rule is critical")
    }

    @Test func everyResultHasAPlaceInATextFile() throws {
        let run = try run(SampleResult.make())
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.arrayValue)
        for result in results(run) {
            let place = result["locations"]?.arrayValue?.first?["physicalLocation"]
            #expect(place?["region"]?["startLine"]?.intValue == 1)
            let uri = place?["artifactLocation"]?["uri"]?.stringValue
            #expect(["movies-badword/config.json", "reviews.clean.tsv"].contains(uri), "\(uri ?? "")")
            let index = try #require(result["ruleIndex"]?.intValue)
            #expect(rules[index]["id"] == result["ruleId"])
        }
        let tensor = results(run).first { $0["ruleId"]?.stringValue == "ASY210" }?["locations"]?.arrayValue?.first
        let logical = tensor?["logicalLocations"]?.arrayValue?.first
        #expect(logical?["name"]?.stringValue == "bert.encoder.layer.5.attention.output.dense.weight")
        #expect(logical?["kind"]?.stringValue == "tensor")
    }

    @Test func fingerprintsDoNotDependOnNumbers() throws {
        var later = SampleResult.make()
        later.findings[0].message = "Another number."
        later.findings.swapAt(1, 2)
        func prints(_ result: AuditResult) throws -> Set<String?> {
            Set(results(try run(result)).map { $0["partialFingerprints"]?["primaryLocationLineHash"]?.stringValue })
        }
        #expect(try prints(later) == prints(SampleResult.make()))
    }

    @Test func acceptedFindingsAreSuppressed() throws {
        var result = SampleResult.make()
        result.findings[0].accepted = .suppression
        result.suppressions = [
            Suppression(
                rule: .knownTrigger, sha256: result.suspect.sha256, justification: "A test [model](x).",
                expires: "2026-12-31", state: .applied)
        ]
        let suppressed = results(try run(result)).filter { $0["suppressions"] != nil }
        #expect(suppressed.map { $0["ruleId"]?.stringValue } == ["ASY101"])
        let text = suppressed.first?["suppressions"]?.arrayValue?.first?["justification"]?.stringValue
        #expect(text == "A test [model]\\(x). (until 2026-12-31)")
    }

    @Test func theBaselineSaysWhatIsNew() throws {
        var result = SampleResult.make()
        #expect(results(try run(result)).allSatisfy { $0["baselineState"] == nil })
        func entry(_ code: RuleCode, _ status: BaselineComparison.Status) -> BaselineComparison.Entry {
            BaselineComparison.Entry(
                part: .findings, code: code, subject: nil, target: nil, status: status, unit: nil, before: nil, now: nil
            )
        }
        result.baseline = BaselineComparison(
            file: result.suspect.files[0], suspect: "old", suspectSHA256: "", verdict: .passed,
            entries: [entry(.knownTrigger, .worse), entry(.deltaOutlier, .unchanged), entry(.configDifference, .fixed)])
        let states = results(try run(result)).map {
            "\($0["ruleId"]?.stringValue ?? "") \($0["baselineState"]?.stringValue ?? "")"
        }
        #expect(Set(states).isSuperset(of: ["ASY101 updated", "ASY210 unchanged", "ASY221 new", "ASY201 new"]))
    }

    @Test func relationsPointAtTheirTaxonomy() throws {
        let run = try run(SampleResult.make())
        let taxonomies = try #require(run["taxonomies"]?.arrayValue)
        var count = 0
        for (rule, page) in zip(run["tool"]?["driver"]?["rules"]?.arrayValue ?? [], RulePage.all) {
            let targets = (rule["relationships"]?.arrayValue ?? []).compactMap { $0["target"] }
            #expect(targets.map { $0["id"]?.stringValue } == page.taxonomy.map(\.id))
            for (target, entry) in zip(targets, page.taxonomy) {
                let taxonomy = taxonomies[try #require(target["toolComponent"]?["index"]?.intValue)]
                #expect(taxonomy["name"]?.stringValue == entry.framework)
                #expect(taxonomy["version"]?.stringValue == entry.version)
                let taxon = taxonomy["taxa"]?.arrayValue?[try #require(target["index"]?.intValue)]
                #expect(taxon?["name"]?.stringValue == entry.name)
                count += 1
            }
        }
        #expect(count > 40)
    }

    @Test func tooManyFindingsAreCutAndSaid() throws {
        let run = try run(SampleResult.make(), mostResults: 4)
        #expect(results(run).compactMap { $0["ruleId"]?.stringValue } == ["ASY101", "ASY102", "ASY106", "ASY201"])
        let notes = run["invocations"]?.arrayValue?.first?["toolExecutionNotifications"]?.arrayValue ?? []
        #expect(notes.contains { $0["message"]?["text"]?.stringValue?.hasPrefix("4 more findings") == true })
    }

    @Test func aFailedRuleWithoutAFindingIsAnAlert() throws {
        var result = SampleResult.make()
        result.findings = []
        #expect(results(try run(result)).compactMap { $0["ruleId"]?.stringValue } == ["ASY101", "ASY102", "ASY106"])
    }

    @Test func theInvocationHasTheExitCodeAndTheTime() throws {
        let invocation = try run(SampleResult.make(.inconclusive))["invocations"]?.arrayValue?.first
        #expect(invocation?["exitCode"]?.intValue == 2)
        #expect(invocation?["startTimeUtc"]?.stringValue == "2026-03-14T09:26:53Z")
        #expect(invocation?["endTimeUtc"]?.stringValue == "2026-03-14T09:31:05Z")
        let notes = invocation?["toolExecutionNotifications"]?.arrayValue ?? []
        #expect(notes.first?["level"]?.stringValue == "warning")
        #expect(notes.contains { $0["message"]?["text"]?.stringValue?.hasPrefix("The base itself") == true })
    }
}
