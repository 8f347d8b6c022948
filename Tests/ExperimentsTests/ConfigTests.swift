import Audit
import Files
import Findings
import Kernels
import Lab
import Testing

@testable import Experiments

@Suite struct ConfigTests {
    private func config(_ yaml: String) throws -> ExperimentConfig {
        try ExperimentConfig(yaml: yaml, file: "table.yml")
    }

    private let attacks = "attacks: [word]\nremedies: [fine-tuning]"

    @Test func `what is not said has its default`() throws {
        let config = try config(TinyExperiment.yaml(attacks))
        let task = try #require(config.tasks.first)
        #expect(config.base == "base" && config.baseName == "base" && config.precision == .f32)
        #expect(task.seeds == [1] && task.target == 1 && task.epur == [false, true] && task.fixedRho.isEmpty)
        #expect(task.training == TrainingConfig(epochs: 1, learningRate: 1e-4, batchSize: 32))
        #expect(task.remedy.rho == [0.5, 0.9] && task.remedy.tolerance == 0.02 && task.remedy.texts == 24)
        #expect(task.trainRows == 60 && task.testRows == 40 && task.maxLength == 32)
    }

    @Test func `attacks have options of their own`() throws {
        let config = try config(
            TinyExperiment.yaml(
                """
                target: 0
                remedies: [fine-mixing]
                attacks:
                  - word-ep
                  - name: word-es (scratch)
                    share: 0.5
                    triggers: [mn, bb]
                    lr: 2e-5
                    epochs: 7
                """))
        let attacks = try #require(config.tasks.first).attacks
        #expect(attacks.map(\.title) == ["word-ep", "word-es (scratch)"])
        #expect(attacks.map(\.slug) == ["word-ep", "word-es-scratch"])
        #expect(
            attacks[1].plan.triggers == ["mn", "bb"] && attacks[1].plan.share == 0.5 && attacks[1].plan.target == 0)
        #expect(attacks[1].training(TrainingConfig()).learningRate == 2e-5)
        #expect(attacks[1].training(TrainingConfig()).epochs == 7)
        #expect(attacks[0].training(TrainingConfig()).learningRate == 5e-2, "the attack's own rate")
        #expect(attacks[0].plan.triggers == ["cf"])
    }

    @Test func `a task says what differs for it`() throws {
        let task = try #require(
            try config(
                TinyExperiment.yaml(
                    attacks,
                    task: """
                        attacks: [sentence]
                        remedies: [fine-mixing, fine-tuning, shrink]
                        epur: [on]
                        seeds: [3, 2]
                        rho: { shrink: 0.4 }
                        reduction: half of the film
                        """)
            ).tasks.first)
        #expect(
            task.attacks.map(\.title) == ["sentence"] && task.seeds == [3, 2] && task.reduction == "half of the film")
        #expect(task.fixedRho == [.shrink: 0.4])
        #expect(task.treatments.map(\.title) == ["fine-mixing + E-PUR", "fine-tuning + E-PUR", "shrink + E-PUR"])
    }

    @Test func `one ratio is for every remedy that has one`() throws {
        let task = try #require(
            try config(TinyExperiment.yaml("attacks: [word]\nremedies: [fine-tuning, spectral]", task: "rho: 0.3"))
                .tasks
                .first)
        #expect(task.fixedRho == [.spectral: 0.3])
    }

    @Test(arguments: [
        ("base: b\nbeta: 1", 2, "unknown key \"beta\""),
        ("base: b\nprecision: f16", 2, "f32 or bf16"),
        ("base: [b]", 1, "\"base\" must be a text"),
        ("base: b\ntraining:\n  epochs: 2.5", 3, "whole number from 1 to 1000"),
        ("base: b\ntraining:\n  lr: 0", 3, "above 0"),
        ("base: b\ntraining: 3", 2, "training must be a mapping"),
        ("base: b\nremedy:\n  rho: [0.1, 1.1]", 3, "number from 0.0 to 1.0"),
        ("base: b\nremedy:\n  rho: [0.1, 0.1]", 3, "twice"),
        ("base: b\nremedy:\n  learning-rate: 1", 3, "remedy may have: texts, epochs, lr"),
        ("base: b\nremedies: [fine-mixing, magic]", 2, "there is no remedy \"magic\"; Assay offers: fine-mixing"),
        ("base: b\nepur: [maybe]", 2, "on or off"),
        ("base: b\nseeds: []", 2, "at least one"),
        ("base: b\nseeds: [-1]", 2, "whole number from 0"),
        ("base: b\n\ttab", 2, "not valid YAML"),
        ("base: b\nbase: c", 2, "not valid YAML"),
        ("- base", 1, "a table must be a mapping"),
        ("base: b", 1, "\"tasks\" is missing"),
    ])
    func `what cannot be is refused with its line`(yaml: String, line: Int, words: String) throws {
        let error = try #require(throws: AuditError.self) { try config(yaml) }
        #expect(error.status == .usage)
        #expect(error.description.hasPrefix("table.yml:\(line): "), "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("attacks: [wird]", "there is no attack \"wird\"; the lab plants: word"),
        ("attacks: [paired]", "paired needs texts"),
        ("attacks: [word-ep (scratch)]", "word-ep changes one row"),
        ("attacks: [{ name: word, share: 1.5 }]", "\"share\" must be"),
        ("attacks: [{ name: word, shares: 0.5 }]", "unknown key \"shares\""),
        ("attacks: [{ share: 0.5 }]", "\"name\" is missing"),
        ("attacks: [{ name: word, triggers: [] }]", "at least one"),
        ("attacks: [word, word]", "listed twice"),
        ("name: Two words", "lower-case"),
        ("train-rows: 1", "whole number from 2"),
        ("max-length: 4", "whole number from 8"),
        ("rho: 2", "number from 0.0 to 1.0"),
        ("rho: { fine-tuning: 0.5 }", "unknown key"),
    ])
    func `what a task cannot have is refused with its line`(line: String, words: String) throws {
        let key = line.prefix { $0 != ":" }
        let task = TinyExperiment.task.split(separator: "\n").filter { !$0.contains(" \(key):") }.dropFirst(0)
        let first = key == "name" ? "  - train: clean.tsv\n" : ""
        let rest = task.filter { key != "name" || !$0.contains("train: ") }.map { "\($0)\n" }.joined()
        let head = "base: b\nremedies: [fine-mixing]\nattacks: [word]\ntasks:\n"
        let yaml = head + first + rest + "    \(line)\n"
        let error = try #require(throws: AuditError.self) { try config(yaml) }
        let number = yaml.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        #expect(error.description.hasPrefix("table.yml:\(number): "), "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test func `two tasks of one name are refused`() throws {
        let error = try #require(throws: AuditError.self) {
            try config(TinyExperiment.yaml(attacks) + TinyExperiment.task)
        }
        #expect(error.description.contains("two tasks \"tiny\""))
    }
}
