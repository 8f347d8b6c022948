import Checkpoints
import Findings
import Forensics
import Foundation
import StrictJSON
import Tensors
import Testing
import Tokenizers

@testable import Audit

/// What is audited is what will run: files, types and settings by which a loader would run something else.
@Suite struct LoadingCheckTests {
    private let folder: TemporaryFolder
    private let suspect: String

    init() throws {
        folder = try TemporaryFolder()
        suspect = try TinyPair.moved(by: 0.01, to: folder.file("suspect"))
    }

    private func compare() throws -> AuditResult {
        try Comparison.result(
            ComparisonOptions(
                suspect: suspect, base: Fixtures.model, frequencies: nil, baseSHA256: nil, threads: 1,
                command: "assay diff"))
    }

    private func scan() throws -> AuditResult { try ScanRun(ScanOptions(model: suspect, command: "assay scan")).run() }

    /// Changes one entry of config.json, or of another file.
    private func set(_ key: String, _ json: String, in file: String = "config.json") throws {
        let path = suspect + "/" + file
        var object = try #require(try JSONValue(parsing: bytes(path)).objectValue)
        object[key] = try JSONValue(parsing: Array(json.utf8))
        try Data(JSONValue.object(object).serialized()).write(to: URL(filePath: path))
    }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    private func change(_ value: Float, in tensor: String) throws {
        try FileManager.default.removeItem(atPath: suspect)
        _ = try TinyPair.changed(to: suspect) { name, values in
            for index in values.indices { values[index] += 0.01 }
            if name.hasSuffix(tensor) { values[7] = value }
        }
    }

    /// The rule without a verdict, in a comparison and in a scan; that nothing else is open.
    private func open(_ code: RuleCode, inScan: Bool = true) throws -> GateRule {
        let result = try compare()
        #expect(result.exitStatus == .untrustworthy)
        #expect(result.gate.rules.filter { $0.state != .passed }.map(\.code) == [code])
        #expect(result.findings.contains { $0.code == code && !$0.evidence.isEmpty })
        let scanned = try scan().gate.rules.filter { $0.code == code }
        #expect(scanned.map(\.state) == (inScan ? [.inconclusive] : []))
        return try #require(result.gate.rules.first { $0.code == code })
    }

    private func expectNothing() throws {
        for result in [try compare(), try scan()] {
            #expect(result.gate.rules.allSatisfy { $0.state == .passed })
            #expect(result.exitStatus == .passed)
        }
    }

    @Test func anOrdinarySuspectRaisesNone() throws { try expectNothing() }

    @Test(arguments: [1e20, -1e20, 2e8] as [Float])
    func numbersThatOverflowWhereTheModelRuns(value: Float) throws {
        try change(value, in: "word_embeddings.weight")
        let rule = try open(.weightRange)
        #expect(rule.subject?.hasSuffix("word_embeddings.weight") == true)
        #expect(rule.explanation.contains("refuse the weights"))
    }

    @Test(arguments: [("dtype", #""float16""#), ("torch_dtype", #""torch.float16""#), ("dtype", #""half""#)])
    func numbersBeyondTheTypeOfTheLoader(key: String, type: String) throws {
        try change(141_000, in: "word_embeddings.weight")
        try expectNothing()
        try set(key, type)
        #expect(try open(.weightRange).explanation.contains("config.json has the weights loaded as"))
    }

    @Test func theTypesRangeItselfIsAllowed() throws {
        try change(65_504, in: "word_embeddings.weight")
        try set("dtype", #""float16""#)
        try expectNothing()
    }

    /// Without a word in config.json a loader takes the type of the tensor that comes first.
    @Test(arguments: [("{}", 65_504.0), (#"{"dtype": "float32"}"#, 1e8), (#"{"torch_dtype": "auto"}"#, 65_504)])
    func theTypeThatWeightsAreStoredInCounts(config: String, limit: Double) throws {
        let config = try #require(try JSONValue(parsing: Array(config.utf8)).objectValue)
        let tensors = try [DType.f32, .f16].map { try #require(TensorDescription(name: "w", dtype: $0, shape: [1])) }
        #expect(WeightRange(config: config, file: "config.json", tensors: tensors).limit == limit)
        #expect(WeightRange(config: config, file: "config.json", tensors: [tensors[0]]).limit == 1e8)
    }

    @Test func ofTwoTypesTheNarrowerCounts() throws {
        let both = Array(#"{"dtype": "float32", "torch_dtype": "float8_e4m3fn"}"#.utf8)
        let config = try #require(try JSONValue(parsing: both).objectValue)
        #expect(WeightRange(config: config, file: "config.json", tensors: []).limit == 448)
    }

    @Test(arguments: [#""int8""#, "8"]) func aTypeThatIsNotKnown(type: String) throws {
        try set("dtype", type)
        #expect(try open(.weightRange).explanation.contains("correct its dtype"))
    }

    @Test(arguments: [
        ("quantization_config", #"{"quant_method": "bitsandbytes"}"#), ("compression_config", "{}"),
        ("text_config", #"{"quantization_config": {}}"#),
    ])
    func weightsThatAreQuantizedWhenLoaded(key: String, json: String) throws {
        try set(key, json)
        let result = try compare()
        let rule = try #require(result.gate.rules.first { $0.code == .quantization })
        #expect(rule.state == .inconclusive && rule.explanation.contains("config.json"))
        #expect(try scan().gate.rules.contains { $0.code == .quantization && $0.state == .inconclusive })
        try set(key, "null")
        #expect(try !compare().gate.rules.contains { $0.code == .quantization })
    }

    @Test(arguments: [
        "model.safetensors.index.json", "model.fp16.safetensors", "pytorch_model.bin", "pytorch_model.bin.index.json",
        "adapter_model.safetensors", "weights.GGUF", "tf_model.h5", "flax_model.msgpack", "onnx/model.onnx", "x.pth",
        "checkpoint-1/model.safetensors", "optimizer.safetensors", "model.ckpt.index",
    ])
    func otherWeightsThatALoaderCouldTake(name: String) throws {
        let file = URL(filePath: suspect + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: file)
        let rule = try #require(try compare().gate.rules.first { $0.code == .otherWeights })
        #expect(rule.state == .inconclusive && rule.subject == name && rule.explanation.contains(name))
        #expect(rule.explanation.contains("delete it"))
    }

    @Test func aLinkIsNotTakenForTheSame() throws {
        try FileManager.default.createSymbolicLink(
            atPath: suspect + "/model.fp16.safetensors", withDestinationPath: "model.safetensors")
        #expect(try compare().gate.rules.first { $0.code == .otherWeights }?.state == .inconclusive)
    }

    @Test(arguments: ["training_args.bin", "optimizer.pt", "scheduler.pt", "rng_state_0.pth", "notes.txt", "a.json"])
    func whatTrainingLeavesIsNoWeights(name: String) throws {
        try Data("{}".utf8).write(to: URL(filePath: suspect + "/" + name))
        #expect(try !compare().gate.rules.contains { $0.code == .otherWeights })
    }

    @Test func theSameTensorsAgainAreFine() throws {
        let other = suspect + "/model.fp16.safetensors"
        try FileManager.default.copyItem(atPath: suspect + "/model.safetensors", toPath: other)
        try expectNothing()
        var content = try bytes(other)
        content[content.count - 2] ^= 1
        try Data(content).write(to: URL(filePath: other))
        #expect(try open(.otherWeights, inScan: false).subject == "model.fp16.safetensors")
    }

    @Test func aPurifiedModelHasNoOtherWeights() {
        var concerns = LoadingConcerns()
        concerns.otherWeights = [LoadingConcerns.Concern(subject: "x.bin", sentence: "It lies there.")]
        func rule(_ subject: ModelRole) -> GateRule? {
            var input = GateSample.input(subject: subject)
            input.concerns = concerns
            return OtherWeightsCheck().evaluate(input)
        }
        #expect(rule(.suspect)?.state == .inconclusive && rule(.purified) == nil)
    }

    @Test(arguments: [
        (#"{"0": "no", "1": "yes"}"#, #"{"no": 1, "yes": 0}"#), (#"{"0": "no", "1": "yes"}"#, #"{"yes": "x"}"#),
        (#"{"0": "no", "1": "No "}"#, "null"), (#"{"0": "LABEL_1", "1": "LABEL_0"}"#, "null"),
    ])
    func labelNamesThatCanBeReadInTwoWays(names: String, ids: String) throws {
        try set("id2label", names)
        try set("label2id", ids)
        let rule = try open(.labelNames)
        #expect(rule.explanation.contains("config.json") && rule.explanation.contains("ask the supplier"))
    }

    @Test(arguments: [
        (#"{"0": "no", "1": "yes"}"#, #"{"no": 0, "yes": 1}"#), (#"{"0": "no", "1": "yes"}"#, #"{"LABEL_0": 0}"#),
        (#"{"0": "no", "1": "yes"}"#, #"{"yes": "1"}"#), (#"{"0": "LABEL_0", "1": "LABEL_1"}"#, "null"),
    ])
    func labelNamesThatAreClear(names: String, ids: String) throws {
        try set("id2label", names)
        try set("label2id", ids)
        try expectNothing()
    }

    @Test func labelsInAnotherOrderThanTheBase() throws {
        func config(_ names: String) throws -> ModelConfig {
            try ModelConfig(parsing: Array(#"{"model_type": "bert", "id2label": \#(names)}"#.utf8))
        }
        let ours = LabelNames(try config(#"{"0": "b", "1": "a"}"#))
        #expect(ours.concerns(base: try config(#"{"0": "a", "1": "b"}"#)).count == 1)
        #expect(ours.concerns(base: try config(#"{"0": "x", "1": "b"}"#)) == [])
        #expect(ours.concerns() == [])
    }

    @Test(arguments: [
        ("truncation_side", #""left""#, "tokenizer_config.json"), ("padding_side", #""left""#, "tokenizer_config.json"),
        ("model_max_length", "40", "tokenizer_config.json"),
        ("truncation", #"{"direction": "Left", "max_length": 512, "stride": 0}"#, "tokenizer.json"),
        ("truncation", #"{"direction": "Right", "max_length": 40, "stride": 0}"#, "tokenizer.json"),
    ])
    func textsThatAreCutOrPaddedOtherwise(key: String, json: String, file: String) throws {
        try set(key, json, in: file)
        let rule = try open(.textCutting, inScan: false)
        #expect(rule.explanation.contains(file))
    }

    /// Distances between tokens, or numbers of tokens alone, do not change with padding in front.
    @Test(arguments: [#"{"model_type": "llama", "rope_theta": 10000}"#, #"{"model_type": "roberta"}"#])
    func paddingThatMovesNoPositionIsNone(config: String) throws {
        func settings(_ side: String) -> TextSettings {
            let json = #"{"padding_side": "\#(side)"}"#
            return TextSettings(TokenizerFiles(folderName: "m", tokenizerConfig: Array(json.utf8)))
        }
        let config = try ModelConfig(parsing: Array(config.utf8))
        #expect(LoadingConcerns.sides(settings("left"), settings("right"), of: config) == [])
        let bert = try ModelConfig(parsing: Array(#"{"model_type": "bert"}"#.utf8))
        #expect(LoadingConcerns.sides(settings("left"), settings("right"), of: bert).count == 1)
    }

    @Test func aLengthThatIsGivenSettlesIt() throws {
        try set("model_max_length", "40", in: "tokenizer_config.json")
        let pair = try ModelPair(suspect: suspect, base: Fixtures.model, threads: 1)
        var input = GateSample.input()
        input.concerns = try WeightStage(pair, threads: 1).concerns
        #expect(TextCuttingCheck().evaluate(input)?.explanation.contains("--max-length") == true)
        input.lengthIsGiven = true
        #expect(TextCuttingCheck().evaluate(input) == nil)
    }

    @Test func aLongerLengthIsNone() throws {
        try set("model_max_length", "512", in: "tokenizer_config.json")
        try expectNothing()
    }

    @Test func vocabTextThatContradictsTokenizerJSON() throws {
        let tokenizer = try Fixtures.tokenizer()
        var tokens = (0..<tokenizer.vocabularySize).compactMap { tokenizer.token($0) }
        try folder.write(tokens.joined(separator: "\n") + "\n", to: "suspect/vocab.txt")
        try expectNothing()
        tokens.swapAt(700, 701)
        try folder.write(tokens.joined(separator: "\n") + "\n", to: "suspect/vocab.txt")
        let rule = try #require(try compare().gate.rules.first { $0.code == .tokenizerDifference })
        #expect(rule.state == .failed && rule.subject == "vocab.txt")
    }
}
