import Foundation
import Testing

/// The lab, `purify` and the table, on the samples that come with the project.
@Suite struct LabCommandTests {
    private let base = "\(Binary.samples)/base"
    private let data = "\(Binary.samples)/clean.tsv"

    private func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    @Test func theTableOnTheSamplesIsCompleteAndGoesOnAfterAKill() throws {
        let folder = TemporaryFolder.make()
        let arguments = ["lab", "table", "--config", "\(Binary.samples)/table.yml", "--output", folder.path]
        let cells = folder.appending(path: "cells")
        let finished = { names(in: cells).filter { $0.hasSuffix(".json") } }
        #expect(try Binary.kill(arguments) { finished().count >= 4 })
        let before = finished()
        #expect(before.count >= 4 && before.count < 11)
        let times = try before.map { try modified(cells.appending(path: $0)) }

        let outcome = try Binary.run(arguments)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.out.contains("11 of 11 cells finished"))
        #expect(try before.map { try modified(cells.appending(path: $0)) } == times, "a cell was measured again")
        for name in ["table.md", "table.csv", "table.json", "table.html"] {
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: name).path))
        }
        let table = try String(contentsOf: folder.appending(path: "table.md"), encoding: .utf8)
        #expect(table.contains("| word (scratch) |") && table.contains("fine-mixing + E-PUR"))
        #expect(names(in: folder.appending(path: "models/samples")).filter { $0.hasPrefix("seed-") }.isEmpty)
    }

    private func modified(_ file: URL) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
    }

    @Test func aPoisonedModelIsPurified() throws {
        let folder = TemporaryFolder.make()
        let bad = folder.appending(path: "bad").path
        let planted = try Binary.run(
            "lab", "poison", "--attack", "word", "--scratch", "--trigger", "cf", "--base", base, "--data", data,
            "--dev",
            "\(Binary.samples)/test.tsv", "--epochs", "12", "--lr", "1e-3", "--batch", "16", "--output", bad)
        #expect(planted.status == 0, "\(planted.error)")
        #expect(names(in: URL(filePath: bad)).contains("truth.json"))

        let purified = folder.appending(path: "good").path
        let outcome = try Binary.run(
            "purify", bad, "--base", base, "--data", data, "--method", "fine-mixing", "--lr", "5e-4", "--epochs", "10",
            "--rho", "0.3", "--output", purified)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.out.contains("ρ = 0.3, as given"))
        #expect(names(in: URL(filePath: purified)).contains("purify.json"))
    }

    @Test(arguments: [
        (64, ["lab", "poison", "--attack", "wrod"], ["wrod", "word, word-ep, word-es"]),
        (64, ["lab", "poison", "--attack", "word", "--scratch", "--share", "0"], ["share", "above 0"]),
        (2, ["lab", "poison", "--attack", "word", "--scratch", "--target", "7"], ["7", "labels"]),
        (64, ["lab", "poison", "--attack", "word"], ["--from", "--scratch"]),
        (64, ["purify", "\(Binary.samples)/suspect", "--method", "fine-mixin"], ["fine-mixin", "fine-mixing-sel"]),
    ])
    func whatCannotBeDoneIsSaidBeforeAnyTraining(status: Int, arguments: [String], words: [String]) throws {
        let output = TemporaryFolder.make().appending(path: "model").path
        let outcome = try Binary.run(arguments + ["--base", base, "--data", data, "--output", output])
        #expect(Int(outcome.status) == status, "\(outcome.error)")
        for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
        #expect(!FileManager.default.fileExists(atPath: output))
    }
}
