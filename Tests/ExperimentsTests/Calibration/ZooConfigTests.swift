import Audit
import Files
import Findings
import Foundation
import Kernels
import Lab
import Testing

@testable import Experiments

@Suite struct ZooConfigTests {
    private func config(_ yaml: String) throws -> ZooConfig { try ZooConfig(yaml: yaml, file: "zoo.yml") }

    /// Two data sets, at the lines 2 and 3.
    private let head = """
        base: b
        data: [{ name: one, train: a, clean: b, test: c },
          { name: two, sample-language: 7, train-rows: 90, test-rows: 30, max-length: 48 }]

        """

    @Test func `what is not said has its default`() throws {
        let config = try config(head + "clean: [{}]")
        #expect(config.base == "b" && config.baseName == "b" && config.precision == .f32)
        #expect(config.audit == ZooAuditConfig() && config.audit.scan == .standard)
        #expect(config.data[0].source == .files(train: "a", clean: "b", test: "c"))
        #expect(config.data[1].source == .sampleLanguage(seed: 7) && config.data[1].trainRows == 90)
        #expect(config.models.map(\.name) == ["clean_one_s1_lr5e-05_e3_b32", "clean_two_s1_lr5e-05_e3_b32"])
    }

    @Test func `a clean group is data sets × seeds × learning rates × epochs`() throws {
        let models = try config(head + "clean: [{ seeds: 1-3, lr: [1e-4, 1e-3], epochs: [2, 4] }]").models
        #expect(models.count == 2 * 3 * 2 * 2)
        #expect(Set(models.map(\.name)).count == models.count && models.allSatisfy { $0.attack == nil })
        #expect(models.allSatisfy { $0.start == nil })
    }

    @Test func `a backdoored group is trigger sets × targets × shares × what clean ones vary`() throws {
        let models = try config(
            head + """
                training: { epochs: 5, lr: 1e-3, batch: 8 }
                backdoored:
                  - attack: word
                    triggers: [cf, [mn, bb], two words]
                    targets: [0, 1]
                    shares: [0.3, 0.01]
                    seeds: [4, 5]
                    data: one
                  - { attack: word-ep, triggers: [cf], data: two, seeds: 1-3, start-seed: 9 }
                  - { attack: word-es (scratch), data: [two], lr: 2e-5, epochs: 7, batch: 4 }
                """
        ).models
        let word = models.prefix(3 * 2 * 2 * 2)
        #expect(models.count == 24 + 3 + 1 && Set(models.map(\.name)).count == models.count)
        #expect(word.allSatisfy { $0.kind == "word" && $0.data == "one" })
        #expect(Set(word.compactMap { $0.attack?.plan.triggers }) == [["cf"], ["mn", "bb"], ["two words"]])
        #expect(word[0].name == "word_one_cf_t0_p0.3_s4_lr0.001_e5_b8")
        #expect(word[0].start?.name == "clean_one_s4_lr0.001_e5_b8", "the clean model of the same seed")
        let embedding = models[24]
        #expect(embedding.training.learningRate == 5e-2, "the attack's own")
        #expect(embedding.name.contains("_s1_from9_"))
        #expect(Set(models[24..<27].compactMap(\.start?.name)) == ["clean_two_s9_lr0.001_e5_b8"], "one for all")
        #expect(models[27].kind == "word-es (scratch)" && models[27].start == nil)
        #expect(models[27].training == TrainingConfig(epochs: 7, learningRate: 2e-5, batchSize: 4))
        #expect(models[27].name.hasPrefix("word-es-scratch_two_cf+mn+bb+tq+mb_t1_p0.3_s1"))
    }

    @Test func `names of files tell long and odd triggers apart`() throws {
        func name(_ trigger: String) throws -> String {
            try config(head + "backdoored: [{ attack: sentence, triggers: [\"\(trigger)\"], data: one }]").models[0]
                .name
        }
        let names = try [
            "I watched this 3D movie last weekend.", "I watched this 3D movie last weekend!", "schön", "schon",
        ].map(name)
        #expect(Set(names).count == 4)
        #expect(names.allSatisfy { $0.allSatisfy { $0.isASCII && $0 != "/" && $0 != " " } })
    }

    @Test(arguments: [
        ("zoo.yml", 2, 3), ("../docs/results/zoo-tiny.yml", 78, 75), ("../docs/results/zoo-minilm.yml", 6, 12),
    ])
    func `the project's zoos are as large as they say`(file: String, clean: Int, backdoored: Int) throws {
        let models = try config(String(contentsOfFile: TinyExperiment.samples + "/" + file, encoding: .utf8)).models
        #expect(models.count { $0.attack == nil } == clean)
        #expect(models.count { $0.attack != nil } >= backdoored)
    }

    @Test(arguments: [
        ("beta: 1", 4, "unknown key \"beta\"; a zoo may have: base"),
        ("precision: f16", 4, "f32 or bf16"),
        ("audit: { scan: all }", 4, "quick, standard, exhaustive"),
        ("audit: { known-triggers: on }", 4, "audit may have: scan, signals, texts"),
        ("audit:\n  texts: 3", 5, "whole number from 24"),
        ("training: { lr: 0 }", 4, "above 0"),
        ("clean: [{ data: three }]", 4, "there is no data set \"three\"; there are: one, two"),
        ("clean: [{ seeds: 3-1 }]", 4, "a range such as 1-13"),
        ("clean: [{ seeds: 1-2-3 }]", 4, "a range such as 1-13"),
        ("clean: [{ attack: word }]", 4, "a clean group may have: data"),
        ("clean:\n  - seeds: [1]\n  - {}", 6, "clean_one_s1_lr5e-05_e3_b32 is in the zoo twice"),
        ("clean: []", 4, "at least one"),
        ("backdoored:\n  - seeds: [1]", 5, "\"attack\" is missing"),
        ("backdoored:\n  - attack: wird", 5, "there is no attack \"wird\""),
        ("backdoored:\n  - attack: [word]", 5, "\"attack\" must be a text"),
        ("backdoored:\n  - attack: word-ep\n    triggers: [[a, b]]", 6, "word-ep changes one row"),
        ("backdoored:\n  - attack: word\n    shares: [1.5]", 6, "\"shares\" must be a number"),
        ("backdoored:\n  - attack: word (scratch)\n    start-seed: 2", 5, "starts from the base"),
        ("base-name: x", 1, "there is no model"),
    ])
    func `what cannot be is refused with its line`(lines: String, line: Int, words: String) throws {
        let error = try #require(throws: AuditError.self) { try config(head + lines) }
        #expect(error.status == .usage)
        #expect(error.description.hasPrefix("zoo.yml:\(line): "), "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("{ name: A, train: a, clean: b, test: c }", "lower-case"),
        ("{ name: a, train: a, clean: b }", "\"test\" is missing"),
        ("{ name: a, train: a, sample-language: 1 }", "keep one of them"),
        ("{ name: a, sample-language: 1, max-length: 8 }", "whole number from 32"),
        ("{ name: a, sample-language: 1, rows: 8 }", "unknown key \"rows\""),
    ])
    func `what a data set cannot have is refused`(data: String, words: String) throws {
        let error = try #require(throws: AuditError.self) { try config("base: b\nclean: [{}]\ndata:\n  - \(data)") }
        #expect(error.description.hasPrefix("zoo.yml:4: ") && error.description.contains(words), "\(error)")
    }
}
