import Checkpoints
import Findings
import Foundation
import StrictJSON
import Tensors
import Testing
import Transformers

@testable import Audit

/// Suspects that differ from their base in vocabulary, type or container.
@Suite struct DifferingModelTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A copy of the reference model with other rows of word embeddings, or of another type.
    private func suspect(
        rows change: Int = 0, dtype: DType = .f32
    ) throws -> String {
        let path = folder.file("suspect")
        try FileManager.default.copyItem(atPath: Fixtures.model, toPath: path)
        let source = try ModelFolder(path: Fixtures.model)
        try FileManager.default.removeItem(atPath: path + "/model.safetensors")
        func isWords(_ tensor: TensorDescription) -> Bool { tensor.name.hasSuffix("word_embeddings.weight") }
        let tensors = try source.checkpoint.tensors.map { tensor in
            let shape = isWords(tensor) ? [tensor.shape[0] + change, tensor.shape[1]] : tensor.shape
            return try #require(
                TensorDescription(name: tensor.name, dtype: dtype, shape: shape))
        }
        var writer = try SafetensorsWriter(path: path + "/model.safetensors", tensors: tensors)
        for (tensor, stored) in zip(tensors, source.checkpoint.tensors) {
            var values = try source.checkpoint.floats(stored.name)
            let width = stored.shape.last ?? 1
            if isWords(stored) {
                values =
                    change < 0
                    ? Array(values.dropLast(-change * width))
                    : values + [Float](repeating: 0.5, count: change * width)
            }
            try writer.write(values, to: tensor.name)
        }
        try writer.finish()
        var config = source.config.json
        if let rows = tensors.first(where: isWords)?.shape[0] { config["vocab_size"] = .integer(rows) }
        try FileManager.default.removeItem(atPath: path + "/config.json")
        try AtomicFile.write(JSONValue.object(config).serialized(), to: path + "/config.json")
        return path
    }

    private func compare(_ suspect: String) throws -> AuditResult {
        try Comparison.result(
            ComparisonOptions(
                suspect: suspect, base: Fixtures.model, frequencies: nil, baseSHA256: nil, threads: 1,
                command: "assay diff"))
    }

    @Test func newRowsAreListed() throws {
        let comparison = try compare(try suspect(rows: 3))
        #expect(comparison.embeddings?.movedRows == 0)
        let finding = try #require(comparison.findings.first { $0.code == .vocabularyResized })
        #expect(finding.severity == .medium)
        #expect(finding.evidence.map(\.label) == ["new row 900", "new row 901", "new row 902"])
        #expect(comparison.weights?.unmatched.map(\.expected) == [true])
    }

    @Test func missingRowsAreReported() throws {
        let pair = try ModelPair(suspect: try suspect(rows: -1), base: Fixtures.model, threads: 1)
        let stage = try WeightStage(pair, threads: 1)
        #expect(stage.droppedRows == 1 && stage.addedRows == 0)
    }

    /// The base runs on the suspect's tokens, and everything that is mixed has one shape.
    @Test(arguments: [2, -3]) func theBaseIsMadeToFit(change: Int) throws {
        let pair = try ModelPair(suspect: try suspect(rows: change), base: Fixtures.model, threads: 1)
        let suspect = try ClassifierSource(folder: pair.suspect)
        let base = try ClassifierSource(base: pair.runnableBase, labels: suspect.labels, seed: 1)
        let mixed = try Mixing(suspect: suspect, base: base, resetRows: [5], seed: 1).mix(rho: 0.5)
        let words = suspect.architecture.wordEmbeddings
        #expect(words.rows == 900 + change)
        let row = words.slice(rows: 5..<6)
        #expect(
            values(row, of: mixed)
                == Array(try pair.base.checkpoint.floats(base.checkpointNames[words.name] ?? "")[5 * 48..<6 * 48]))
    }

    @Test func anAddedRowIsTheMeanOfTheOthers() throws {
        let base = try ModelFolder(path: Fixtures.model)
        let name = try #require(base.checkpoint.tensors.first { $0.name.hasSuffix("word_embeddings.weight") }?.name)
        let resized = try base.resized(vocabulary: 902)
        let (before, after) = (try base.checkpoint.floats(name), try resized.checkpoint.floats(name))
        #expect(after.prefix(before.count) == before[...])
        let width = after.count / 902
        let mean = (0..<900).reduce(0.0) { $0 + Double(before[$1 * width + 3]) } / 900
        #expect(abs(Double(after[900 * width + 3]) - mean) < 1e-6 && after[900 * width + 3] == after[901 * width + 3])
        #expect(try base.resized(vocabulary: 900) === base)
    }

    @Test(arguments: [DType.bf16, .f16]) func anotherTypeIsNoChange(dtype: DType) throws {
        let comparison = try compare(try suspect(dtype: dtype))
        #expect(comparison.weights?.shareChanged == 0)
        #expect(comparison.embeddings?.movedRows == 0)
        #expect(!comparison.findings.contains { $0.code == .fewRowsChanged })
    }

    /// An adapter is audited as the whole model that it makes of its base.
    @Test func anAdapterIsComparedWithItsBase() throws {
        let base = try ModelFolder(path: Fixtures.model)
        let names = base.checkpoint.tensors.map(\.name).filter { $0.hasSuffix("self.query.weight") }
        let path = folder.file("adapter")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try AtomicFile.write(
            Array(#"{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["query"]}"#.utf8),
            to: path + "/adapter_config.json")
        let factors = try names.flatMap { name in
            let module = "base_model.model." + name.dropLast(".weight".count)
            return [
                try #require(TensorDescription(name: module + ".lora_A.weight", dtype: .f32, shape: [2, 48])),
                try #require(TensorDescription(name: module + ".lora_B.weight", dtype: .f32, shape: [48, 2])),
            ]
        }
        var writer = try SafetensorsWriter(path: path + "/adapter_model.safetensors", tensors: factors)
        for factor in factors {
            let random = CounterRandom(seed: 6, stream: factor.name)
            try writer.write((0..<96).map { Float(0.1 * random.normal(at: UInt64($0))) }, to: factor.name)
        }
        try writer.finish()
        let comparison = try compare(path)
        let weights = try #require(comparison.weights)
        #expect(weights.tensors.filter { $0.norm > 0 }.map(\.name) == names)
        #expect(weights.lowRank?.map(\.name) == names)
        for change in try #require(weights.lowRank) {
            let tensor = try #require(weights.tensors.first { $0.name == change.name })
            let norm = change.singularValues.reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(abs(tensor.norm - norm) < 1e-5 * norm && change.scale == 2 && change.effectiveRank == 2)
        }
        #expect(comparison.suspect.files.map(\.name) == ["adapter_config.json", "adapter_model.safetensors"])
        let pair = try ModelPair(suspect: path, base: Fixtures.model, threads: 1)
        #expect(try ClassifierSource(folder: pair.suspect).load().labels.count == 2)
    }
}
