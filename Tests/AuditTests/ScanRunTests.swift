import Files
import Findings
import Foundation
import Testing
import Tokenizers

@testable import Audit

/// Scans of the reference model with something added.
@Suite struct ScanRunTests {
    private let folder: TemporaryFolder
    private let model: String

    init() throws {
        folder = try TemporaryFolder()
        model = folder.file("model")
        try FileManager.default.copyItem(atPath: Fixtures.model, toPath: model)
    }

    private func scan() throws -> AuditResult { try ScanRun(ScanOptions(model: model, command: "assay scan")).run() }

    private func add(_ name: String, _ bytes: [UInt8]) throws {
        let file = URL(filePath: model + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    private func state(_ code: RuleCode, in result: AuditResult) -> GateRule.State? {
        result.gate.rules.first { $0.code == code }?.state
    }

    @Test func aPlainModelPassesAndIsNotCalledClean() throws {
        let result = try scan()
        #expect(result.kind == .scan && result.exitStatus == .passed)
        #expect(result.base == nil && result.weights == nil && result.embeddings == nil && result.probes == nil)
        #expect(result.suspect.architecture == "bert" && result.suspect.tensorCount > 10)
        #expect(
            result.suspect.files.map(\.name) == (try FileManager.default.contentsOfDirectory(atPath: model)).sorted())
        let skipped = result.coverage.filter { $0.state == .skipped }.map(\.subject)
        #expect(skipped == ["Comparison with a base", "Trigger probes"])
    }

    @Test(arguments: [
        ("modeling.py", Array("print()".utf8)), ("chat_template.py", Array("print()".utf8)),
        ("chat_template/x.so", [0x7F, 0x45, 0x4C, 0x46]), ("weights.txt", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]),
        ("sub/run", Array("#!/bin/sh\n".utf8)), ("tool.exe", Array("MZ..".utf8)),
        ("a.py", [9, 0, 0, 0, 0, 0, 0, 0] + Array("{".utf8)),
        ("processor_config.json", Array(#"{"auto_map": {"AutoModel": "x.Y"}}"#.utf8)),
    ])
    func codeFails(name: String, bytes: [UInt8]) throws {
        try add(name, bytes)
        let result = try scan()
        #expect(state(.customCode, in: result) == .failed)
        #expect(result.exitStatus == .failed)
        let finding = try #require(result.findings.first { $0.code == .customCode })
        #expect(finding.severity == .high && finding.evidence.contains { $0.value.hasPrefix(name) })
    }

    @Test(arguments: [
        ("training_args.bin", [UInt8]([0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0])), ("README.md", [0x80, 0x04, 0x95, 1]),
        ("model.onnx", [8, 7]), ("spiece.model", [0x80, 0x04, 0x95, 1]), ("weights/model.gguf", Array("GGUF".utf8)),
        ("tf_model.h5", [0x89, 0x48, 0x44, 0x46]),
    ])
    func whatIsNotReadLeavesNoVerdict(name: String, bytes: [UInt8]) throws {
        try add(name, bytes)
        let result = try scan()
        #expect(state(.unreadFile, in: result) == .inconclusive)
        #expect(result.exitStatus == .untrustworthy)
        #expect(result.findings.contains { $0.code == .unreadFile && $0.evidence.contains { $0.label == name } })
    }

    @Test func aGGUFFileIsScannedAloneWhateverLiesBesideIt() throws {
        let path = folder.file("llama.gguf")
        let fixture = URL(filePath: Fixtures.model).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "gguf/llama.gguf").path
        try FileManager.default.copyItem(atPath: fixture, toPath: path)
        try folder.write("print()", to: "modeling.py")
        let result = try ScanRun(ScanOptions(model: path, command: "assay scan")).run()
        #expect(result.suspect.architecture == "llama" && result.suspect.tensorCount == 11)
        #expect(result.suspect.files.map(\.name) == ["llama.gguf"])
        #expect(state(.customCode, in: result) == .passed && state(.unreadFile, in: result) == .passed)
    }

    @Test func failureWinsOverWhatIsNotRead() throws {
        try add("modeling.py", Array("print()".utf8))
        try add("training_args.bin", [0x50, 0x4B, 0x03, 0x04])
        #expect(try scan().exitStatus == .failed)
    }

    @Test func aBrokenFileIsNamedAndTheRestIsStillLookedAt() throws {
        try add("model.safetensors", [9, 0, 0, 0, 0, 0, 0, 0] + Array("{]".utf8))
        try add("modeling.py", Array("print()".utf8))
        let result = try scan()
        #expect(state(.unreadFile, in: result) == .inconclusive)
        #expect(state(.customCode, in: result) == .failed)
        #expect(result.suspect.tensorCount == 0)
        #expect(result.findings.contains { $0.evidence.contains { $0.label == "model.safetensors" } })
    }

    @Test func linksAreNotFollowed() throws {
        try FileManager.default.createSymbolicLink(atPath: model + "/link", withDestinationPath: "/etc")
        let result = try scan()
        #expect(!result.suspect.files.contains { $0.name.hasPrefix("link") })
        #expect(result.coverage.first?.state == .partly)
    }

    @Test(arguments: [
        ("run.py", RuleCode.customCode), ("optimizer.pt", .unreadFile), ("more.safetensors", .unreadFile),
    ])
    func linksThatOthersMayFollowAreNoPass(name: String, code: RuleCode) throws {
        try FileManager.default.createSymbolicLink(atPath: model + "/" + name, withDestinationPath: "/etc/hostname")
        let rule = try #require(try scan().gate.rules.first { $0.code == code })
        #expect(rule.state != .passed && rule.subject == name)
    }

    @Test func bytesOfTwoFormatsUnderAPicklesNameAreNoPass() throws {
        try FileManager.default.copyItem(atPath: model + "/model.safetensors", toPath: model + "/training_args.bin")
        let rule = try #require(try scan().gate.rules.first { $0.code == .unreadFile })
        #expect(rule.state == .inconclusive && rule.subject == "training_args.bin")
    }

    @Test func unusualFilesOfWeightsAreReported() throws {
        #expect(!(try scan().findings.contains { $0.code == .weightFileNote }))
        try FileManager.default.copyItem(atPath: model + "/model.safetensors", toPath: model + "/more.safetensors")
        let finding = try #require(try scan().findings.first { $0.code == .weightFileNote })
        #expect(finding.evidence.map(\.label) == ["note"])
        #expect(finding.evidence.first?.value.hasPrefix("more.safetensors was not taken for the weights") == true)
    }

    @Test(arguments: [
        ("../x.safetensors", false), ("absent.safetensors", false), ("model.safetensors", true),
        ("/etc/hostname", false),
    ])
    func anIndexThatLeadsElsewhereIsNoPass(shard: String, passes: Bool) throws {
        try add("model.safetensors.index.fp16.json", Array(#"{"weight_map": {"a": "\#(shard)"}}"#.utf8))
        let rule = try #require(try scan().gate.rules.first { $0.code == .unreadFile })
        #expect(rule.state == (passes ? .passed : .inconclusive))
        #expect(rule.subject == (passes ? nil : "model.safetensors.index.fp16.json"))
    }

    @Test func anEmptyFolderGivesNoVerdict() throws {
        let empty = folder.file("empty")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
        let run = try ScanRun(ScanOptions(model: empty, command: ""))
        #expect(throws: AuditError.self) { try run.run() }
    }

    @Test func everyFileIsPartOfTheDigest() throws {
        let before = try scan().suspect.sha256
        try add("notes.txt", Array("hello".utf8))
        #expect(try scan().suspect.sha256 != before)
    }
}

@Suite struct TokenizerOddityTests {
    @Test func theReferenceTokenizerHasNone() throws {
        #expect(TokenizerOddity.all(in: try Fixtures.tokenizer()) == [])
    }

    @Test func addedWordsAndInvisibleCharactersAreNamed() throws {
        let folder = try TemporaryFolder()
        let model = folder.file("model")
        try FileManager.default.copyItem(atPath: Fixtures.model, toPath: model)
        let path = model + "/tokenizer.json"
        var text = try String(contentsOfFile: path, encoding: .utf8)
        let old = "\"added_tokens\": ["
        #expect(text.contains(old))
        let size = try Fixtures.tokenizer().vocabularySize
        func added(_ id: Int, _ content: String) -> String {
            """
            {"id": \(id), "content": "\(content)", "single_word": false, "lstrip": false, "rstrip": false, \
            "normalized": false, "special": false},
            """
        }
        text = text.replacing(old, with: old + added(size, "zebrafish") + added(size + 1, "a\\u200bb"))
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let result = try ScanRun(ScanOptions(model: model, command: "")).run()
        let finding = try #require(result.findings.first { $0.code == .tokenizerOddity }, "\(result.findings)")
        #expect(finding.evidence.map(\.value) == ["zebrafish", "a\u{200B}b"])
    }
}
