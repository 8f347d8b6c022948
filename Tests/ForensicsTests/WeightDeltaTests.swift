import Checkpoints
import Statistics
import Tensors
import Testing

@testable import Forensics

@Suite struct WeightDeltaTests {
    @Test func oneTensorByHand() throws {
        let base = try TemporaryCheckpoint([("w", [2, 2], [3, 0, 0, 4]), ("zero", [2], [0, 0])])
        let suspect = try TemporaryCheckpoint([("bert.w", [2, 2], [3, 0, 2, 3]), ("bert.zero", [2], [0, 1])])
        let matching = TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint)
        let delta = try WeightDelta(of: matching, suspect: suspect.checkpoint, base: base.checkpoint)
        let change = delta.tensors[0]
        #expect(change.name == "bert.w" && change.kind == "w" && change.layer == nil && change.shape == [2, 2])
        #expect(agree(change.norm, 5.0.squareRoot()))
        #expect(agree(change.relativeNorm, 5.0.squareRoot() / 5))
        #expect(agree(change.cosine, 21 / (5 * 22.0.squareRoot())))
        #expect(change.maxAbsolute == 2 && change.shareChanged == 0.5 && change.robustZ == nil)
        #expect(delta.tensors[1].relativeNorm == nil && delta.tensors[1].cosine == nil)
        #expect(agree(delta.medianCosine, 21 / (5 * 22.0.squareRoot())))
        #expect(delta.shareChanged == 0.5)
    }

    @Test func everyTensorOfTheSuspectHasItsNorm() throws {
        let base = try TemporaryCheckpoint([("w", [2], [1, 1])])
        let suspect = try TemporaryCheckpoint([("w", [2], [3, -4]), ("classifier.weight", [2], [0, .nan])])
        let matching = TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint)
        let delta = try WeightDelta(of: matching, suspect: suspect.checkpoint, base: base.checkpoint)
        #expect(delta.norms.map(\.name) == ["w", "classifier.weight"] && delta.norms.map(\.norm) == [5, 0])
    }

    @Test func threadsDoNotMatter() throws {
        let shapes = [("a.weight", [300, 401]), ("b.bias", [7]), ("c.weight", [1, 70_001]), ("empty", [0, 4])]
        let tensors = shapes.map { (name: $0.0, shape: $0.1, values: noise($0.1.reduce(1, *), seed: 4)) }
        let base = try TemporaryCheckpoint(tensors)
        let suspect = try TemporaryCheckpoint(
            tensors.map { (name: $0.name, shape: $0.shape, values: $0.values.map { $0 * 1.01 + 0.001 }) })
        let matching = TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint)
        let results = try [1, 2, 5].map {
            try WeightDelta(of: matching, suspect: suspect.checkpoint, base: base.checkpoint, threads: $0)
        }
        #expect(results[0] == results[1] && results[0] == results[2])
        for (change, tensor) in zip(results[0].tensors, tensors) {
            var plain = DeltaSums()
            for value in tensor.values { plain.add(value * 1.01 + 0.001, value) }
            #expect(agree(change.norm, plain.deltaSquared.squareRoot()))
        }
    }

    /// Rows of the word embeddings come from the same pass as the tensors, whether rows were added or not.
    @Test(arguments: [0, 3]) func rowsOfTheSamePass(added: Int) throws {
        let name = "bert.embeddings.word_embeddings.weight"
        let values = noise(700 * 96, seed: 31)
        let base = try TemporaryCheckpoint([(name, [700, 96], values), ("z.weight", [2], [1, 2])])
        let tuned = values.map { $0 * 1.01 } + noise(added * 96, seed: 32)
        let suspect = try TemporaryCheckpoint([(name, [700 + added, 96], tuned), ("z.weight", [2], [1, 3])])
        let matching = TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint)
        let pair = try #require(matching.wordEmbeddings)
        for threads in [1, 3] {
            let (delta, rows) = try WeightDelta.measure(
                matching, suspect: suspect.checkpoint, base: base.checkpoint, threads: threads)
            #expect(
                try rows == EmbeddingRows(of: pair, suspect: suspect.checkpoint, base: base.checkpoint))
            #expect(rows?.rows.count == 700 && rows?.added == added)
            #expect(
                try delta
                    == WeightDelta(of: matching, suspect: suspect.checkpoint, base: base.checkpoint, threads: 2))
            #expect(delta.tensors.map(\.name) == (added == 0 ? [name, "z.weight"] : ["z.weight"]))
        }
    }

    @Test func withoutWordEmbeddingsThereAreNoRows() throws {
        let file = try TemporaryCheckpoint([("w", [2], [1, 2])])
        let matching = TensorMatching(suspect: file.checkpoint, base: file.checkpoint)
        #expect(try WeightDelta.measure(matching, suspect: file.checkpoint, base: file.checkpoint).rows == nil)
    }

    @Test func theCosineTellsATunedCopyFromOtherWeights() throws {
        let base = try TemporaryCheckpoint([("w", [40, 40], noise(1600, seed: 5))])
        let other = try TemporaryCheckpoint([("w", [40, 40], noise(1600, seed: 6))])
        let tuned = try TemporaryCheckpoint([("w", [40, 40], noise(1600, seed: 5).map { $0 * 1.001 })])
        func delta(_ suspect: TemporaryCheckpoint) throws -> WeightDelta {
            try WeightDelta(
                of: TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint), suspect: suspect.checkpoint,
                base: base.checkpoint)
        }
        #expect(try delta(other).medianCosine.map { abs($0) < 0.15 } == true)
        #expect(try delta(tuned).medianCosine.map { $0 > 0.99 } == true)
    }

    @Test func nonFiniteTensorsAreNamed() throws {
        let base = try TemporaryCheckpoint([("a", [2], [1, 2]), ("b", [2], [1, .nan])])
        let suspect = try TemporaryCheckpoint([
            ("a", [2], [1, -.infinity]), ("b", [2], [1, 2]), ("classifier.weight", [1], [.nan]),
        ])
        let matching = TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint)
        let delta = try WeightDelta(of: matching, suspect: suspect.checkpoint, base: base.checkpoint)
        #expect(delta.nonFinite == ["a", "classifier.weight"])
        #expect(delta.nonFiniteInBase == ["b"])
        #expect(delta.tensors.allSatisfy { $0.norm.isFinite })
    }

    @Test func aFileThatLacksTheTensorIsAnError() throws {
        let base = try TemporaryCheckpoint([("w", [2], [1, 2])])
        let other = try TemporaryCheckpoint([("v", [2], [1, 2])])
        let matching = TensorMatching(suspect: base.checkpoint, base: base.checkpoint)
        let error = #expect(throws: CheckpointError.self) {
            try WeightDelta(of: matching, suspect: base.checkpoint, base: other.checkpoint, threads: 2)
        }
        #expect(error?.code == .unknownTensor)
    }

    @Test func nothingToCompare() throws {
        let base = try TemporaryCheckpoint([("v", [2], [1, 2])])
        let suspect = try TemporaryCheckpoint([("w", [2], [1, 2])])
        let delta = try WeightDelta(
            of: TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint), suspect: suspect.checkpoint,
            base: base.checkpoint)
        #expect(delta.tensors.isEmpty && delta.medianCosine == nil && delta.shareChanged == 0)
    }

    @Test func outlierWithinItsKind() throws {
        let names = (0..<6).map { "encoder.layer.\($0).output.dense.weight" }
        let base = try TemporaryCheckpoint(names.map { ($0, [8, 8], noise(64, seed: 7)) } + [("x.weight", [1], [1])])
        let steps: [Float] = [0.010, 0.011, 0.012, 0.1, 0.013, 0.014]
        let suspect = try TemporaryCheckpoint(
            zip(names, steps).map { name, step in (name, [8, 8], noise(64, seed: 7).map { $0 + $0 * step }) }
                + [("x.weight", [1], [2])])
        let matching = TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint)
        let delta = try WeightDelta(of: matching, suspect: suspect.checkpoint, base: base.checkpoint)
        // Median 0.0125, MAD 0.0015.
        #expect(agree(delta.tensors[3].robustZ, (0.1 - 0.0125) / (1.4826 * 0.0015), 1e-3))
        #expect(delta.tensors[3].layer == 3)
        #expect(delta.tensors.prefix(3).allSatisfy { abs($0.robustZ ?? 99) < 2 })
        #expect(delta.tensors[6].robustZ == nil)
    }

    @Test func halfPrecisionSuspect() throws {
        let values = noise(64, seed: 8)
        let base = try TemporaryCheckpoint([("w", [8, 8], values)])
        let suspect = try TemporaryCheckpoint([("w", [8, 8], values)], dtype: .f16)
        let matching = TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint)
        let delta = try WeightDelta(of: matching, suspect: suspect.checkpoint, base: base.checkpoint)
        #expect(delta.tensors[0].relativeNorm == 0 && delta.shareChanged == 0)
    }
}
