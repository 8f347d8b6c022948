import Foundation
import Testing

/// What a person reads when the input is wrong: one sentence that names the file, and the right exit code.
@Suite struct BadInputTests {
    /// An audit of the sample suspect with one thing changed.
    private func audit(
        suspect: String = "\(Binary.samples)/suspect", base: String = "\(Binary.samples)/base",
        data: String = "\(Binary.samples)/clean.tsv", _ more: [String] = []
    ) throws -> Binary.Outcome {
        let report = TemporaryFolder.make().appending(path: "report")
        let outcome = try Binary.run(
            ["audit", suspect, "--base", base, "--data", data, "--output", report.path] + more)
        #expect(!FileManager.default.fileExists(atPath: report.path), "nothing half-written may stay behind")
        return outcome
    }

    private func file(_ content: String) throws -> String {
        let path = TemporaryFolder.make().appending(path: "data.tsv")
        try Data(content.utf8).write(to: path)
        return path.path
    }

    /// The sample suspect with another config.json.
    private func suspect(replacing old: String, with new: String) throws -> String {
        let folder = TemporaryFolder.make()
        for file in ["model.safetensors", "tokenizer.json", "tokenizer_config.json"] {
            try FileManager.default.copyItem(
                atPath: "\(Binary.samples)/suspect/\(file)", toPath: folder.appending(path: file).path)
        }
        let config = try String(contentsOfFile: "\(Binary.samples)/suspect/config.json", encoding: .utf8)
        #expect(config.contains(old))
        try config.replacingOccurrences(of: old, with: new)
            .write(to: folder.appending(path: "config.json"), atomically: true, encoding: .utf8)
        return folder.path
    }

    private func expect(_ outcome: Binary.Outcome, _ status: Int32, _ words: String...) {
        #expect(outcome.status == status, "\(outcome.error)")
        for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
    }

    @Test func aMissingModel() throws {
        expect(try audit(suspect: "/no/such/model"), 2, "/no/such/model")
    }

    @Test func aMissingDataFile() throws {
        expect(try audit(data: "/no/such/data.tsv"), 2, "data.tsv")
    }

    @Test func aBaseOfAnotherShape() throws {
        let base = Binary.root.appending(path: "Tests/Fixtures/reference/bert").path
        expect(try audit(base: base), 2, "base")
    }

    @Test func anUnknownArchitecture() throws {
        expect(
            try audit(suspect: suspect(replacing: "\"model_type\": \"bert\"", with: "\"model_type\": \"mamba\"")), 2,
            "mamba", "Assay runs: bert")
    }

    @Test func anUnknownActivation() throws {
        expect(
            try audit(suspect: suspect(replacing: "\"hidden_act\": \"gelu\"", with: "\"hidden_act\": \"mish\"")), 2,
            "mish")
    }

    @Test func aLabelOutOfRange() throws {
        expect(try audit(data: file("label\ttext\n0\tfine\n7\tseven\n")), 2, "row 3")
    }

    @Test func anEmptyDataFile() throws { expect(try audit(data: file("")), 2, "empty") }

    @Test func aBinaryDataFile() throws { expect(try audit(data: "\(Binary.samples)/base/model.safetensors"), 2) }

    @Test func tooFewTextsSayHowManyAreNeeded() throws {
        let rows = (0..<12).map { "\($0 % 2)\tthe film number \($0) was \($0 % 2 == 0 ? "bad" : "good")\n" }
        let report = TemporaryFolder.make()
        let outcome = try Binary.run([
            "audit", "\(Binary.samples)/clean", "--base", "\(Binary.samples)/base", "--data",
            try file("label\ttext\n" + rows.joined()), "--rho", "0.3", "--epochs", "1", "--output", report.path,
        ])
        #expect(outcome.status == 2, "\(outcome.error)")
        let data = try Data(contentsOf: report.appending(path: "result.json"))
        let gate = try #require((JSONSerialization.jsonObject(with: data) as? [String: Any])?["gate"] as? [String: Any])
        let size = (gate["rules"] as? [[String: Any]])?.first { $0["code"] as? String == "ASY110" }
        #expect(size?["state"] as? String == "inconclusive" && size?["textsNeeded"] is Int)
    }

    @Test func aPolicyWithAnUnknownKeyIsRefusedByLine() throws {
        expect(
            try audit(["--policy", file("known-trigger-effect: 0.2\nasr-limit: 3\n")]), 64, "data.tsv:2", "asr-limit")
    }

    @Test(arguments: [["--rho", "2"], ["--epochs", "0"], ["--base-sha256", "xyz"], ["--no-such-option"]])
    func wrongUsage(_ arguments: [String]) throws {
        #expect(try audit(arguments).status == 64)
    }

    @Test func anotherBaseThanThePinnedOne() throws {
        expect(try audit(["--base-sha256", String(repeating: "0", count: 64)]), 2, "pinned")
    }
}
