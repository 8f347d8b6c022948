import Files
import Foundation
import Testing

@testable import Experiments

@Suite struct PlanTests {
    private let attacks = """
        attacks: [{ name: word, triggers: [cf, mn] }, { name: word (scratch), triggers: [cf] }]
        remedies: [fine-tuning, fine-mixing]
        """

    private func plan(_ yaml: String) throws -> TaskPlan {
        try #require(try TinyExperiment().experiment(yaml).plans.first)
    }

    @Test func `a seed's cells follow its suspects, the clean fine-tune first`() throws {
        let plan = try plan(TinyExperiment.yaml(attacks + "\nseeds: [2, 1]"))
        #expect(plan.seeds.map(\.seed) == [2, 1])
        let first = plan.seeds[0]
        #expect(first.suspects.map(\.slug) == ["clean", "word", "word-scratch"])
        #expect(first.suspects.map(\.startsFromClean) == [false, true, false])
        #expect(first.suspects.map(\.cells.count) == [1, 5, 5])
        #expect(
            first.suspects[1].cells.map(\.id.fileName) == [
                "tiny_word_2_before.json", "tiny_word_2_fine-tuning.json", "tiny_word_2_fine-tuning_epur.json",
                "tiny_word_2_fine-mixing.json", "tiny_word_2_fine-mixing_epur.json",
            ])
        #expect(first.suspects[0].cells[0].inputs.triggers == [["cf"], ["mn"]], "every trigger of the task")
        #expect(first.suspects[1].cells[1].inputs.remedy?.rho == nil, "fine-tuning has no ratio")
        #expect(first.suspects[1].cells[3].inputs.remedy?.rho == [0.5, 0.9])
        let names = plan.cells.map(\.id.fileName)
        #expect(Set(names).count == names.count)
        #expect(Set(plan.cells.map(\.key)).count == names.count)
    }

    @Test func `a key changes with what its cell depends on, and with nothing else`() throws {
        let yaml = TinyExperiment.yaml(attacks)
        func keys(_ yaml: String) throws -> [String: String] {
            Dictionary(uniqueKeysWithValues: try plan(yaml).cells.map { ($0.id.fileName, $0.key) })
        }
        let before = try keys(yaml)
        #expect(try keys(yaml) == before)
        func changed(_ yaml: String) throws -> Set<String> {
            let after = try keys(yaml)
            return Set(before.keys.filter { before[$0] != after[$0] })
        }
        let all = Set(before.keys)
        let purified = all.filter { !$0.contains("before") }
        #expect(
            try changed(yaml.replacing("epochs: 1, lr: 1e-4, batch: 8", with: "epochs: 2, lr: 1e-4, batch: 8"))
                == purified)
        #expect(try changed(yaml.replacing("0.9]", with: "0.8]")) == purified.filter { $0.contains("fine-mixing") })
        #expect(try changed(yaml.replacing("batch: 32", with: "batch: 16")) == all)
        #expect(try changed(yaml.replacing("test-rows: 40", with: "test-rows: 41")) == all)
        #expect(
            try changed(yaml.replacing("triggers: [cf] }", with: "triggers: [cf], share: 0.4 }"))
                == all.filter { $0.contains("scratch") })
        #expect(try changed(yaml + "    reduction: a note\n").isEmpty)
        #expect(try changed(yaml.replacing("max-length: 32", with: "max-length: 24")) == all)
    }

    @Test func `texts of a file are used once`() throws {
        let data = try plan(TinyExperiment.yaml(attacks)).setup.data
        let texts = [data.test, data.clean, data.train]
        #expect(texts.map(\.rows.count) == [40, 24, 60])
        #expect(Set(texts.flatMap(\.rows).map(TextIdentity.init)).count == 124)
        #expect(texts.map(\.summary.isLimited) == [true, true, true])
        #expect(String(decoding: data.train.tsv, as: UTF8.self).split(separator: "\n").count == 61)
    }

    @Test func `every reduction is said`() throws {
        let setup = try plan(TinyExperiment.yaml(attacks, task: "reduction: a toy")).setup
        let text = setup.reductions.joined(separator: "; ")
        for words in ["60 of ", " training texts", "24 of ", "40 of 1000 test texts", "cut to 32 tokens", "0.5, 0.9"] {
            #expect(text.contains(words), "\(text)")
        }
        #expect(text.hasSuffix("one seed; a toy"))
        let fixed = try plan(TinyExperiment.yaml(attacks, task: "rho: 0.3")).setup.reductions
        #expect(fixed.contains("ρ fixed at 0.3") && !fixed.contains { $0.contains("chosen") })
    }

    @Test(arguments: [
        ("test: test.tsv", "test: nothing.tsv", "nothing.tsv"),
        ("base: base", "base: nothing", "nothing"),
        ("max-length: 32", "max-length: 65", "positions"),
        ("max-length: 32", "target: 2", "target is 2"),
        ("triggers: [cf] }", "triggers: [§] }", "tiny, word (scratch): the trigger \"§\""),
        ("    train-rows: 60\n", "    test-rows: 2400\n", "clean.tsv"),
    ])
    func `what cannot be done is refused before any training`(old: String, new: String, words: String) throws {
        let folder = try TinyExperiment()
        var yaml = TinyExperiment.yaml(attacks).replacing(old, with: new)
        if new.contains("2400") {
            yaml = yaml.replacing("test: test.tsv", with: "test: clean.tsv").replacing("    test-rows: 40\n", with: "")
        }
        let error = try #require(throws: (any Error).self) { try folder.experiment(yaml) }
        #expect("\(error)".contains(words), "\(error)")
        #expect(!folder.exists(""), "nothing is written")
    }

    @Test func `an unknown task is refused`() throws {
        let error = try #require(throws: AuditError.self) {
            try TinyExperiment().experiment(TinyExperiment.yaml(attacks), only: ["other"])
        }
        #expect(error.description.contains("there is no task \"other\"; it has: tiny"))
    }
}
