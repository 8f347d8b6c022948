import Checkpoints
import Tensors
import Testing

@testable import Forensics

@Suite struct DeltaSumsTests {
    static func reference(_ s: [Float], _ b: [Float]) -> DeltaSums {
        var sums = DeltaSums()
        for (x, y) in zip(s, b) { sums.add(x, y) }
        return sums
    }

    static func fast(_ s: [Float], _ b: [Float]) -> DeltaSums {
        s.withUnsafeBufferPointer { s in b.withUnsafeBufferPointer { DeltaSums(s, $0) } }
    }

    @Test(arguments: [0, 1, 3, 4, 5, 8, 1023, 4096])
    func lanesAgreeWithThePlainLoop(count: Int) {
        let b = noise(count, seed: 1)
        var s = noise(count, seed: 2)
        for i in stride(from: 0, to: count, by: 3) { s[i] = b[i] }
        let (fast, plain) = (Self.fast(s, b), Self.reference(s, b))
        #expect(agree(fast.deltaSquared, plain.deltaSquared, 1e-12))
        #expect(agree(fast.deltaDotBase, plain.deltaDotBase, 1e-11))
        #expect(agree(fast.baseSquared, plain.baseSquared))
        #expect(agree(fast.suspectSquared, plain.suspectSquared))
        #expect(fast.maxAbsolute == plain.maxAbsolute)
        #expect(fast.changed == plain.changed && fast.changed == count - (count + 2) / 3)
        #expect(fast.nonFiniteInSuspect == 0 && fast.nonFiniteInBase == 0)
    }

    @Test(arguments: [0, 5, 9])
    func nonFiniteElementsAreCountedAndLeftOut(position: Int) {
        let b = noise(10, seed: 3)
        var s = b
        s[position] = .nan
        s[2] += 1
        var broken = b
        broken[7] = .infinity
        let sums = Self.fast(s, broken)
        #expect(sums.nonFiniteInSuspect == 1 && sums.nonFiniteInBase == 1)
        #expect(agree(sums.deltaSquared, 1, 1e-6))
        #expect(sums.changed == 3)
        #expect(sums == Self.reference(s, broken))
    }

    @Test func extremeValuesStayFinite() {
        let big = [Float](repeating: .greatestFiniteMagnitude, count: 9)
        let sums = Self.fast(big, big.map { -$0 })
        #expect(sums.deltaSquared.isFinite && sums.nonFiniteInSuspect == 0)
        #expect(Self.fast([0, -0.0], [-0.0, 0]).changed == 0)
        #expect(Self.fast([.nan, .infinity], [.nan, .infinity]).changed == 0)
    }
}

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

    @Test func wrongBase() throws {
        let base = try TemporaryCheckpoint([("w", [40, 40], noise(1600, seed: 5))])
        let other = try TemporaryCheckpoint([("w", [40, 40], noise(1600, seed: 6))])
        let tuned = try TemporaryCheckpoint([("w", [40, 40], noise(1600, seed: 5).map { $0 * 1.001 })])
        func delta(_ suspect: TemporaryCheckpoint) throws -> WeightDelta {
            try WeightDelta(
                of: TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint), suspect: suspect.checkpoint,
                base: base.checkpoint)
        }
        #expect(try delta(other).suggestsWrongBase)
        #expect(try !delta(tuned).suggestsWrongBase)
        #expect(try delta(other).medianCosine.map { abs($0) < 0.15 } == true)
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
        #expect(delta.suggestsWrongBase)
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
        #expect(delta.tensors[0].relativeNorm.map { $0 > 0 && $0 < 0x1p-11 } == true)
    }
}
