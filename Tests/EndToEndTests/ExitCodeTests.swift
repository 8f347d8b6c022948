import Foundation
import Testing

/// The exit code and the last line on stderr, for everything that can decide them.
@Suite struct ExitCodeTests {
    private func expect(_ outcome: Binary.Outcome, _ status: Int32, _ verdict: String) {
        #expect(outcome.status == status, "\(outcome.error)")
        #expect(outcome.lastLine == "verdict=\(verdict) kind=scan exit=\(status)")
    }

    @Test func nothingFails() throws { expect(try ScannedFolder().scan(), 0, "passed") }

    @Test func aFailedRuleIsOne() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        expect(try folder.scan(), 1, "failed")
    }

    @Test func anUndecidedRuleIsTwo() throws {
        let folder = try ScannedFolder()
        try folder.addPickle()
        expect(try folder.scan(), 2, "inconclusive")
    }

    @Test func aFailedRuleWinsOverAnUndecidedOne() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        try folder.addPickle()
        expect(try folder.scan(), 1, "failed")
        expect(try folder.scan("--suppressions", try folder.suppression()), 2, "inconclusive")
    }

    @Test func reportingOnlyIsZeroAndTheVerdictStands() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        expect(try folder.scan("--fail-on", "never"), 0, "failed")
    }

    @Test func anAcceptedFailureIsAnnouncedListedAndZero() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        let reports = folder.folder.appending(path: "report")
        let outcome = try folder.scan(
            "--suppressions", try folder.suppression(), "--output", reports.path, "--format", "all")
        expect(outcome, 0, "passed")
        #expect(outcome.error.contains("suppressed: ASY222 until 2999-12-31: Read line by line"))
        #expect(outcome.out.contains("✗ Failed, suppressed"))
        for name in ["report.html", "report.md", "result.json", "report.sarif"] {
            let text = try String(contentsOf: reports.appending(path: name), encoding: .utf8)
            #expect(text.contains("Read line by line"), "\(name)")
        }
    }

    @Test func anExpiredSuppressionDoesNotApplyAndIsSaid() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        let outcome = try folder.scan("--suppressions", try folder.suppression(until: "2020-01-01"))
        expect(outcome, 1, "failed")
        #expect(outcome.error.contains("warning: the suppression of ASY222 expired on 2020-01-01"))
    }

    @Test func theSourceDateDoesNotBringBackAnExpiredSuppression() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        let outcome = try Binary.run(
            program: Binary.executable.path,
            ["scan", folder.model, "--suppressions", try folder.suppression(until: "2020-01-01")],
            variables: ["SOURCE_DATE_EPOCH": "1500000000"])
        expect(outcome, 1, "failed")
    }

    @Test func aSuppressionEndsWhenAFileChanges() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        let suppression = try folder.suppression()
        try folder.addCode("print(2)")
        let outcome = try folder.scan("--suppressions", suppression)
        expect(outcome, 1, "failed")
        #expect(outcome.error.contains("is for another model"))
    }

    @Test func aBaselineFailsOnlyOnWhatIsNew() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        let baseline = try folder.baseline()
        let same = try folder.scan("--baseline", baseline)
        expect(same, 0, "passed")
        #expect(same.error.contains("baseline result.json: 0 new, 0 worse, 2 unchanged, 0 fixed"))
        try folder.addCode("print(2)")
        let changed = try folder.scan("--baseline", baseline)
        expect(changed, 1, "failed")
        #expect(changed.error.contains("new since the baseline: ASY222 modeling.py"))
        try FileManager.default.removeItem(atPath: folder.model + "/modeling.py")
        expect(try folder.scan("--baseline", baseline), 0, "passed")
    }

    @Test func aReportHasTheExitCodeOfItsResult() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        let again = folder.folder.appending(path: "again").path
        expect(try Binary.run("report", folder.baseline(), "--output", again), 1, "failed")
    }

    @Test func aComparisonOnlyReportsUnlessItIsToldOtherwise() throws {
        let policy = TemporaryFolder.make().appending(path: "gate.yml")
        try Data("minimum-base-cosine: 0.99\n".utf8).write(to: policy)
        let pair = [
            "diff", "\(Binary.samples)/suspect", "--base", "\(Binary.samples)/base", "--policy", policy.path,
        ]
        let reported = try Binary.run(pair)
        #expect(reported.status == 0 && reported.lastLine.hasSuffix("kind=diff exit=0"))
        let gated = try Binary.run(pair + ["--fail-on", "gate"])
        #expect(gated.status == 2 && gated.lastLine == "verdict=inconclusive kind=diff exit=2", "\(gated.error)")
    }

    @Test(arguments: [
        ["scan"], ["scan", "a", "b"], ["diff", "a"], ["audit", "a", "--base", "b"], ["report"],
        ["scan", "a", "--format", "pdf"], ["scan", "a", "--open"], ["diff", "a", "--base", "b", "--fail-on", "always"],
    ])
    func wrongUsageIsSixtyFour(arguments: [String]) throws {
        let outcome = try Binary.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.lastLine == "verdict=inconclusive exit=64")
    }

    @Test(arguments: ["scan", "report"])
    func whatIsNotThereIsTwo(command: String) throws {
        let outcome = try Binary.run(command, "/no/such/place")
        #expect(outcome.status == 2 && outcome.lastLine == "verdict=inconclusive exit=2", "\(outcome.error)")
    }

    @Test func helpAndVersionAreZeroAndSayNothingOfAVerdict() throws {
        for arguments in [["scan", "--help"], ["--version"], ["help", "audit"]] {
            let outcome = try Binary.run(arguments)
            #expect(outcome.status == 0 && outcome.error.isEmpty && !outcome.out.isEmpty)
        }
    }

    /// An audit that stops before it runs the model: NaN cannot be decided, a foreign tensor fails.
    @Test func anAuditFollowsTheSamePrecedence() throws {
        let folder = try ScannedFolder()
        let weights = URL(filePath: folder.model + "/model.safetensors")
        var bytes = try Data(contentsOf: weights)
        bytes.replaceSubrange((bytes.count - 4)..., with: [0, 0, 0xC0, 0x7F])
        try bytes.write(to: weights)
        let audit = [
            "audit", folder.model, "--base", "\(Binary.samples)/base", "--data", "\(Binary.samples)/clean.tsv",
            "--output", folder.folder.appending(path: "report").path,
        ]
        let undecided = try Binary.run(audit)
        #expect(undecided.status == 2 && undecided.lastLine == "verdict=inconclusive exit=2", "\(undecided.error)")
    }
}
