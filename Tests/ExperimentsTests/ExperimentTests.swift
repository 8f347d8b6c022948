import Audit
import Files
import Findings
import Foundation
import Testing

@testable import Experiments

@Suite struct ExperimentTests {
    private let attacks = "attacks: [{ name: word, triggers: [cf] }]\nremedies: [fine-tuning, fine-mixing]\nepur: [on]"

    @Test func `a table is measured, resumed, and measured anew where a setting changes`() throws {
        let folder = try TinyExperiment()
        let yaml = TinyExperiment.yaml(attacks)
        let estimate = try folder.experiment(yaml).estimate()
        #expect(estimate.tasks.map(\.cells) == [4] && estimate.tasks.map(\.finished) == [0])
        #expect(estimate.tasks.map(\.models) == [2] && estimate.seconds > 0)
        #expect(!folder.exists("cells"), "an estimate writes nothing")

        let titles = [
            "tiny · clean · seed 1 · before", "tiny · word · seed 1 · before",
            "tiny · word · seed 1 · fine-tuning + E-PUR", "tiny · word · seed 1 · fine-mixing + E-PUR",
        ]
        let first = try folder.experiment(yaml).titles()
        #expect(first.finished == titles && first.failed.isEmpty)
        #expect(!folder.exists("models/tiny/seed-1"), "models of finished cells are removed")
        let record = try JSONDecoder().decode(
            CellRecord.self, from: Data(folder.text("cells/tiny_word_1_fine-mixing_epur.json").utf8))
        let measured = try #require(record.measured)
        #expect(measured.accuracy.n == 40 && measured.floor.n == measured.attackSuccess.n && measured.floor.n < 40)
        #expect(measured.triggers.map(\.trigger) == ["cf"])
        #expect(record.purified?.curve.map(\.rho) == [0.5, 0.9] && record.purified?.texts == 24)
        #expect(record.suspect?.poisoned ?? 0 > 0 && record.reductions.contains("one seed"))

        #expect(try folder.experiment(yaml).titles().finished.isEmpty, "all is there")
        #expect(try folder.experiment(yaml).estimate().seconds == 0)

        try FileManager.default.removeItem(atPath: folder.path + "/out/cells/tiny_word_1_before.json")
        #expect(try folder.experiment(yaml).titles().finished == [titles[1]])
        let again = try folder.experiment(yaml.replacing("rho: [0.5, 0.9]", with: "rho: [0.6]")).titles()
        #expect(again.finished == [titles[3]])

        let csv = try folder.text("table.csv").split(separator: "\n")
        #expect(csv.count == 5 && csv.dropFirst().allSatisfy { $0.contains(",finished,") })
        #expect(try folder.text("table.md").contains("Lowest mean ASR"))
        #expect(try folder.text("table.html").contains("</html>"))
        #expect(try folder.text("table.json").contains("\"state\" : \"finished\""))
    }

    @Test func `a cell that is lost is made anew, the same bits on any number of threads`() throws {
        let folder = try TinyExperiment()
        let yaml = TinyExperiment.yaml(attacks)
        _ = try folder.experiment(yaml).run()
        let name = "cells/tiny_word_1_fine-mixing_epur.json"
        let first = try JSONDecoder().decode(CellRecord.self, from: Data(folder.text(name).utf8))
        try FileManager.default.removeItem(atPath: folder.path + "/out/" + name)
        _ = try folder.experiment(yaml, threads: 1).run()
        let second = try JSONDecoder().decode(CellRecord.self, from: Data(folder.text(name).utf8))
        #expect(first.measured == second.measured && first.purified == second.purified)
        #expect(first.suspect?.weights == second.suspect?.weights)
    }

    @Test func `a cell that fails is recorded and the others go on`() throws {
        let folder = try TinyExperiment()
        // Six hundred texts have too few words typical of a label for surgery on a share this small.
        let yaml = TinyExperiment.yaml(
            "attacks: [{ name: word-es, triggers: [cf] }, { name: word, triggers: [cf] }]\nremedies: [fine-tuning]\nepur: [on]"
        ).replacing("train-rows: 60", with: "train-rows: 12")
        let run = try folder.experiment(yaml).titles()
        #expect(run.failed.map { $0.contains("word-es") } == [true, true])
        #expect(run.finished.count == 3)
        #expect(try folder.text("table.md").contains("Cells of tiny that failed"))
        #expect(try folder.text("cells/tiny_word-es_1_before.json").contains("embedding surgery needs"))
        #expect(try folder.experiment(yaml).titles().failed.count == 2, "what failed is tried again")
        #expect(folder.exists("models/tiny/seed-1/clean/model/truth.json"), "kept for the cells that failed")
    }

    @Test func `two runs do not share a folder of models`() throws {
        let folder = try TinyExperiment()
        let lock = try FolderLock(folder: folder.path + "/out/models/tiny", option: "--models")
        #expect(throws: AuditError.self) { try folder.experiment(TinyExperiment.yaml(attacks)).run() }
        withExtendedLifetime(lock) {}
    }
}
