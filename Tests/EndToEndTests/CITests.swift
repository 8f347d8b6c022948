import Foundation
import Testing

/// The script that the GitHub action and the GitLab template run, and the archive that users get.
@Suite struct CITests {
    private func gate(_ variables: [String: String]) throws -> (outcome: Binary.Outcome, folder: URL) {
        let folder = TemporaryFolder.make()
        for file in ["summary", "output"] { try Data().write(to: folder.appending(path: file)) }
        let all = [
            "ASSAY_PROGRAM": Binary.executable.path, "ASSAY_OUTPUT": folder.appending(path: "report").path,
            "GITHUB_STEP_SUMMARY": folder.appending(path: "summary").path,
            "GITHUB_OUTPUT": folder.appending(path: "output").path,
        ].merging(variables) { $1 }
        return (try Binary.run(program: "ci/gate", variables: all), folder)
    }

    private func text(_ folder: URL, _ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    @Test func aScanLeavesEveryReportTheSummaryAndTheOutputs() throws {
        let (outcome, folder) = try gate(["ASSAY_MODEL": "samples/clean"])
        #expect(outcome.status == 0, "\(outcome.error)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/report").sorted()
        #expect(
            names == [
                "bom.cdx.json", "junit.xml", "report.html", "report.md", "report.sarif", "result.json", "summary.md",
            ])
        #expect(try text(folder, "summary") == text(folder, "report/summary.md"))
        #expect(try text(folder, "output").hasPrefix("verdict=passed\nexit-code=0\nreport="))
        #expect(outcome.lastLine == "verdict=passed kind=scan exit=0")
    }

    @Test func aFailedGateFailsTheStepAfterItsReports() throws {
        let model = try ScannedFolder()
        try model.addCode()
        let (outcome, folder) = try gate(["ASSAY_MODEL": model.model])
        #expect(outcome.status == 1)
        #expect(try text(folder, "output").hasPrefix("verdict=failed\nexit-code=1\n"))
        #expect(try text(folder, "report/report.sarif").contains("ASY222"))
    }

    @Test func modelAndBaseAreCompared() throws {
        let pair = ["ASSAY_MODEL": "samples/suspect", "ASSAY_BASE": "samples/base"]
        #expect(try gate(pair).outcome.status == 0)
        let policy = TemporaryFolder.make().appending(path: "gate.yml")
        try Data("minimum-base-cosine: 0.99\n".utf8).write(to: policy)
        let (outcome, folder) = try gate(pair.merging(["ASSAY_POLICY": policy.path]) { $1 })
        #expect(outcome.status == 2, "\(outcome.error)")
        #expect(try text(folder, "output").hasPrefix("verdict=inconclusive\nexit-code=2\n"))
    }

    @Test func theBackdooredSampleFailsItsAudit() throws {
        let (outcome, folder) = try gate([
            "ASSAY_MODEL": "samples/suspect", "ASSAY_BASE": "samples/base", "ASSAY_DATA": "samples/clean.tsv",
            "ASSAY_ARGUMENTS": "--lr 5e-4 --epochs 10 --no-remedy --scan quick",
        ])
        #expect(outcome.status == 1, "\(outcome.error)")
        let failed = try text(folder, "summary").split(separator: "\n").first { $0.contains("ASY102") }
        #expect(failed?.contains("vellum") == true)
    }

    @Test func whatCannotRunIsNoPass() throws {
        #expect(try gate(["ASSAY_MODEL": "no/such/model"]).outcome.status == 2)
        #expect(try gate(["ASSAY_MODEL": "samples/clean", "ASSAY_DATA": "samples/clean.tsv"]).outcome.status == 64)
        #expect(try gate(["ASSAY_MODEL": "samples/clean", "ASSAY_PROGRAM": "no-such-program"]).outcome.status == 64)
        // A program that ends well without a verdict has decided nothing.
        let (silent, folder) = try gate(["ASSAY_MODEL": "samples/clean", "ASSAY_PROGRAM": "/bin/true"])
        #expect(silent.status == 2)
        #expect(try text(folder, "output").hasPrefix("verdict=inconclusive\nexit-code=2\n"))
        #expect(try text(folder, "summary").contains("no report"))
    }

    @Test func theArchiveWorksInAnotherFolder() throws {
        let outcome = try Binary.run(program: "packaging/check", [Binary.executable.path])
        #expect(outcome.status == 0 && outcome.out == "ok\n", "\(outcome.error)")
    }
}
