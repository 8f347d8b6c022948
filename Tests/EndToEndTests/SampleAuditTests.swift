import Foundation
import Testing

/// The whole program on the samples that come with it.
@Suite struct SampleAuditTests {
    /// The sample models are tiny and learn at a higher rate than real ones.
    private let tuning = ["--lr", "5e-4", "--epochs", "10", "--rho", "0.2,0.5"]

    @Test func theBackdooredSampleFailsAndItsTriggerIsNamed() throws {
        let (outcome, report) = try audit("suspect", tuning)
        #expect(outcome.status == 1, "\(outcome.error)")
        #expect(outcome.lastLine.hasPrefix("verdict=failed "))
        #expect(outcome.lastLine.hasSuffix(" exit=1"))
        #expect(outcome.out.contains("vellum"))
        for name in ["result.json", "report.md", "report.html", "run.json"] {
            #expect(FileManager.default.fileExists(atPath: report.appending(path: name).path))
        }
        let html = try String(contentsOf: report.appending(path: "report.html"), encoding: .utf8)
        #expect(html.contains("vellum"))
        #expect(html.utf8.count < 300_000)

        let again = TemporaryFolder.make()
        let rendered = try Binary.run("report", report.appending(path: "result.json").path, "--output", again.path)
        #expect(rendered.status == 1)
        #expect(rendered.lastLine == outcome.lastLine)
    }

    @Test func theCleanSamplePasses() throws {
        let (outcome, _) = try audit("clean", tuning)
        #expect(outcome.status == 0, "\(outcome.out)\(outcome.error)")
        #expect(outcome.lastLine.hasPrefix("verdict=passed "))
    }

    @Test func neverFailingGivesTheVerdictAndExitsWithZero() throws {
        let (outcome, _) = try audit("suspect", ["--rho", "0.3", "--epochs", "1", "--fail-on", "never"])
        #expect(outcome.status == 0)
        #expect(outcome.lastLine.hasPrefix("verdict=failed "))
    }

    @Test func threadsAndSavedStagesChangeNothing() throws {
        let work = TemporaryFolder.make().path
        let quick = ["--rho", "0.3", "--epochs", "1", "--reproducible"]
        let first = try audit("suspect", quick + ["--threads", "1", "--work", work])
        let second = try audit("suspect", quick + ["--threads", "2"])
        let third = try audit("suspect", quick + ["--threads", "2", "--work", work])
        #expect(third.outcome.error.contains("loaded"))
        let results = try [first, second, third].map { try numbers($0.report) }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
    }

    @Test func aKilledAuditGoesOnWhereItWas() throws {
        let work = TemporaryFolder.make()
        let quick = ["--rho", "0.3", "--epochs", "1", "--reproducible"]
        let killed = try Binary.kill(
            arguments("suspect", quick + ["--work", work.path], report: TemporaryFolder.make())
        ) {
            let saved = try? FileManager.default.contentsOfDirectory(atPath: work.path)
            return saved?.contains { $0.hasPrefix("probe-suspect") && $0.hasSuffix(".json") } ?? false
        }
        #expect(killed)
        let resumed = try audit("suspect", quick + ["--work", work.path])
        #expect(resumed.outcome.error.contains("loaded"))
        #expect(try numbers(resumed.report) == numbers(try audit("suspect", quick).report))
    }

    @Test func theExportedModelIsCompleteAndPredicts() throws {
        let export = TemporaryFolder.make().path
        let (outcome, _) = try audit("suspect", ["--rho", "0.3", "--epochs", "1", "--export", export])
        #expect(outcome.status == 1, "\(outcome.error)")
        let predicted = try Binary.run("predict", export, "--data", "\(Binary.samples)/test.tsv")
        #expect(predicted.status == 0, "\(predicted.error)")
        #expect(predicted.out.split(separator: "\n").count == 1_000)
    }

    @Test func aTruncatedModelGivesNoVerdict() throws {
        let broken = TemporaryFolder.make()
        for file in ["config.json", "tokenizer.json", "tokenizer_config.json"] {
            try FileManager.default.copyItem(
                atPath: "\(Binary.samples)/suspect/\(file)", toPath: broken.appending(path: file).path)
        }
        let weights = try Data(contentsOf: URL(filePath: "\(Binary.samples)/suspect/model.safetensors"))
        try weights.dropLast(1_000).write(to: broken.appending(path: "model.safetensors"))
        let report = TemporaryFolder.make().appending(path: "report")
        let outcome = try Binary.run([
            "audit", broken.path, "--base", "\(Binary.samples)/base", "--data", "\(Binary.samples)/clean.tsv",
            "--output", report.path,
        ])
        #expect(outcome.status == 2)
        #expect(outcome.lastLine == "verdict=inconclusive exit=2")
        #expect(outcome.error.contains("model.safetensors"))
        #expect(!FileManager.default.fileExists(atPath: report.path))
    }

    /// The lines of a result without the command line: everything else must be equal in equal audits.
    private func numbers(_ report: URL) throws -> [Substring] {
        try String(contentsOf: report.appending(path: "result.json"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.contains("\"command\"") }
    }

    private func audit(_ model: String, _ more: [String]) throws -> (outcome: Binary.Outcome, report: URL) {
        let report = TemporaryFolder.make()
        return (try Binary.run(arguments(model, more, report: report)), report)
    }

    private func arguments(_ model: String, _ more: [String], report: URL) -> [String] {
        [
            "audit", "\(Binary.samples)/\(model)", "--base", "\(Binary.samples)/base", "--data",
            "\(Binary.samples)/clean.tsv", "--output", report.path,
        ] + more
    }
}
