import Audit
import Checkpoints
import Findings
import Foundation
import Lab
import Testing

@testable import Experiments

@Suite struct ZooRunTests {
    private let groups = """
        clean: [{ seeds: [1] }]
        backdoored: [{ attack: word-ep, triggers: [cf], seeds: [2], start-seed: 1 }]
        """
    private let clean = "clean_tiny_s1_lr0.0001_e1_b32"
    private let poisoned = "word-ep_tiny_cf_t1_p0.3_s2_from1_lr0.05_e1_b32"

    @Test func `a zoo is audited in pieces, resumed, and audited anew where a setting changes`() throws {
        let folder = try TinyZoo()
        let estimate = try folder.zoo(groups).estimate()
        #expect(estimate.models == 2 && estimate.open == 2 && estimate.starts == 0 && estimate.auditSeconds == nil)
        #expect(folder.files("zoo").isEmpty, "an estimate trains nothing")

        #expect(try folder.zoo(groups, limit: 1).names().finished == [clean])
        #expect(folder.files("models").contains { $0.count == 16 }, "the clean model is still needed")
        #expect(try folder.zoo(groups, limit: 1).names().finished == [poisoned])
        #expect(!folder.files("models").contains { $0.count == 16 }, "models are removed when all is done")
        #expect(folder.files("zoo") == [clean + ".json", poisoned + ".json"])
        #expect(try folder.zoo(groups).names().finished.isEmpty, "all is there")
        #expect(try folder.zoo(groups).estimate().timeLeft == "about 0 s left")

        let record = try JSONDecoder().decode(ZooRecord.self, from: Data(folder.text("zoo/\(poisoned).json").utf8))
        let audit = try #require(record.audit)
        #expect(record.trained?.truth.plantedEffect != nil && record.trained?.truth.measured?.accuracy.n == 40)
        #expect(audit.triggers?.allSatisfy { $0.examples.isEmpty && $0.source.isDiscovered } == true)
        let states = audit.rules.filter { [.discoveredTrigger, .broadTrigger].contains($0.code) }.map(\.state)
        let worst = [GateRule.State.failed, .inconclusive, .passed].first(where: states.contains)
        #expect(states.count == 2 && ZooEvidence(audit).state(Policy()) == worst, "judged as by the audit's own rules")

        try FileManager.default.removeItem(atPath: folder.path + "/out/zoo/\(clean).json")
        #expect(try folder.zoo(groups).names().finished == [clean])
        let changed = try folder.zoo(groups, settings: TinyZoo.settings.replacing("texts: 48", with: "texts: 50"))
        #expect(changed.open.map(\.name) == [clean, poisoned])
        #expect(folder.files("").filter { $0.hasPrefix("calibration.") }.count == 4)
    }

    @Test func `a model that fails is recorded and the others go on`() throws {
        let folder = try TinyZoo()
        // Sixty texts have too few words typical of a label for surgery.
        let groups = """
            clean: [{ seeds: [1] }]
            backdoored: [{ attack: word-es, triggers: [cf] }]
            """
        let settings = TinyZoo.settings.replacing("train-rows: 60", with: "train-rows: 12")
        let run = try folder.zoo(groups, settings: settings).names()
        #expect(run.finished.count == 1 && run.failed.count == 1)
        #expect(try folder.text("calibration.md").contains("embedding surgery needs"))
        #expect(try folder.zoo(groups, settings: settings).names().failed.count == 1, "what failed is tried again")
    }

    @Test func `texts of the sample language need no file`() throws {
        let folder = try TinyZoo()
        let settings = TinyZoo.settings.replacing(
            "    train: test.tsv\n    clean: clean.tsv\n    test: clean.tsv\n", with: "    sample-language: 5\n")
        let zoo = try folder.zoo("clean: [{}]", settings: settings)
        let data = zoo.plan.setups[0].data
        #expect([data.train, data.clean, data.test].map(\.rows.count) == [60, 48, 40])
        #expect(data.train.summary.file.name == "train.tsv")
    }

    @Test func `a model's key changes with what it depends on`() throws {
        func keys(_ old: String = "", _ new: String = "") throws -> [String] {
            let settings = old.isEmpty ? TinyZoo.settings : TinyZoo.settings.replacing(old, with: new)
            return try TinyZoo().zoo(groups, settings: settings).plan.models.map(\.key)
        }
        let before = try keys()
        #expect(try keys() == before && Set(before).count == 2)
        for (old, new) in [
            ("scan: quick", "scan: standard"), ("train-rows: 60", "train-rows: 61"),
            ("max-length: 32", "max-length: 40"),
            ("test-rows: 40", "test-rows: 42"), ("epochs: 1, batch", "epochs: 2, batch"),
        ] {
            #expect(Set(try keys(old, new)).isDisjoint(with: before), "\(new)")
        }
    }

    @Test(arguments: [
        ("triggers: [cf]", "triggers: [vellum morning]", "word-ep"), ("base: base", "base: nothing", "nothing"),
        ("train: test.tsv", "train: none.tsv", "none.tsv"),
        ("triggers: [cf]", "triggers: [cf], targets: [2]", "target is 2"),
    ])
    func `what cannot be done is refused before any training`(old: String, new: String, words: String) throws {
        let folder = try TinyZoo()
        let error = try #require(throws: (any Error).self) {
            try folder.zoo(
                groups.replacing(old, with: new), settings: TinyZoo.settings.replacing(old, with: new))
        }
        #expect("\(error)".contains(words), "\(error)")
        #expect(folder.files("zoo").isEmpty)
    }
}
