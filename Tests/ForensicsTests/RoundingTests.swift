import Checkpoints
import Statistics
import Tensors
import Testing

@testable import Forensics

/// Models stored in other types than their base: rounding is no change.
@Suite struct RoundingTests {
    private func delta(
        suspect: [Float], _ suspectType: DType, base: [Float], _ baseType: DType
    ) throws -> TensorChange {
        let shape = [suspect.count / 8, 8]
        let a = try TemporaryCheckpoint([("w", shape, suspect)], dtype: suspectType)
        let b = try TemporaryCheckpoint([("w", shape, base)], dtype: baseType)
        let matching = TensorMatching(suspect: a.checkpoint, base: b.checkpoint)
        return try #require(
            try WeightDelta(of: matching, suspect: a.checkpoint, base: b.checkpoint).tensors.first)
    }

    @Test(arguments: [(DType.f16, DType.f32), (.bf16, .f32), (.bf16, .f16), (.f16, .bf16), (.f32, .f64)])
    func aConversionToACoarserTypeChangesNothing(suspect: DType, base: DType) throws {
        let values = noise(64, seed: 41)
        let change = try delta(suspect: values, suspect, base: values, base)
        // From F16 to BF16, both values were rounded from the same F32 ones, at most a step apart.
        if [.f32, .f64].contains(base) { #expect(change.norm == 0 && change.shareChanged == 0) }
        #expect(change.relativeNorm.map { $0 < 0.004 } == true)
    }

    /// The finer model's own values count, but not as changed where they only were not rounded.
    @Test(arguments: [DType.f16, .bf16]) func aCoarserBaseIsNoChangeOfEveryElement(base: DType) throws {
        let values = noise(64, seed: 42)
        let same = try delta(suspect: values, .f32, base: values, base)
        #expect(same.shareChanged == 0 && same.norm > 0)
        var moved = values
        moved[5] += 0.5
        let one = try delta(suspect: moved, .f32, base: values, base)
        #expect(one.shareChanged == 1.0 / 64 && one.maxAbsolute > 0.49)
    }

    @Test func aRealChangeIsSeenThroughTheRounding() throws {
        let values = noise(64, seed: 43)
        var moved = values
        moved[9] = 2
        let change = try delta(suspect: moved, .bf16, base: values, .f32)
        #expect(change.shareChanged == 1.0 / 64)
        #expect(change.maxAbsolute > 1)
    }

    /// Each type against what its encoder and decoder make of numbers.
    @Test(arguments: [DType.f16, .bf16]) func roundingIsWhatStoringDoes(dtype: DType) throws {
        let values = noise(4096, seed: 44) + [0, -0.0, 1e-8, 6e-5, 1, 65504]
        let stored = try TemporaryCheckpoint([("w", [values.count], values)], dtype: dtype)
        var rounded = values
        rounded.withUnsafeMutableBufferPointer { dtype.round($0) }
        #expect(try stored.checkpoint.floats("w").map(\.bitPattern) == rounded.map(\.bitPattern))
    }

    @Test func eightBitTypesRoundToTheirNumbers() {
        var values: [Float] = [1.0625, 1.1875, 1.9, 447, 449, 480, 0.001, -3.3, 0, .nan]
        values.withUnsafeMutableBufferPointer { DType.f8e4m3.round($0) }
        #expect(values.dropLast() == [1, 1.25, 1.875, 448, 448, 480, 0.001953125, -3.25, 0])
        var wide: [Float] = [1.125, 1.375, 60000, 70000, 1e-5]
        wide.withUnsafeMutableBufferPointer { DType.f8e5m2.round($0) }
        #expect(wide == [1, 1.5, 57344, 70000, 0x1p-16 * 1])
    }

    @Test func beyondTheRangeNothingIsRounded() {
        for dtype in [DType.f16, .bf16] {
            var values: [Float] = [.infinity, .greatestFiniteMagnitude, .nan]
            values.withUnsafeMutableBufferPointer { dtype.round($0) }
            #expect(values[0] == .infinity && values[1] == .greatestFiniteMagnitude && values[2].isNaN)
        }
    }

    /// Untouched rows of a half-precision fine-tune with weight decay do not count as moved.
    @Test(arguments: [DType.bf16, .f16]) func decayRoundedToACoarseTypeIsNoMovement(dtype: DType) throws {
        let (rows, width) = (400, 64)
        let base = noise(rows * width, seed: 45)
        var tuned = base.map { $0 * 0.99999 }
        for column in 0..<width { tuned[7 * width + column] += 0.05 }
        let name = "embeddings.word_embeddings.weight"
        let a = try TemporaryCheckpoint([(name, [rows, width], tuned)], dtype: dtype)
        let b = try TemporaryCheckpoint([(name, [rows, width], base)], dtype: .f32)
        let matching = TensorMatching(suspect: a.checkpoint, base: b.checkpoint)
        let pair = try #require(matching.wordEmbeddings)
        let measured = try EmbeddingRows(of: pair, suspect: a.checkpoint, base: b.checkpoint)
        let ranking = EmbeddingRanking(measured, special: [], frequencies: [])
        #expect(ranking.movedRows == 1 && ranking.rows[0].id == 7)
    }
}

/// Base and suspect whose shapes differ.
@Suite struct DifferingShapeTests {
    @Test(arguments: [(12, 8), (8, 12)]) func aResizedVocabularyIsExpected(suspect: Int, base: Int) throws {
        let words = "bert.embeddings.word_embeddings.weight"
        let matching = TensorMatching(
            suspect: [try describe(words, [suspect, 4])], base: [try describe(words, [base, 4])])
        #expect(matching.unpaired.map(\.expected) == [true])
        #expect(matching.wordEmbeddings != nil)
        let wider = TensorMatching(suspect: [try describe(words, [8, 4])], base: [try describe(words, [8, 5])])
        #expect(wider.unpaired.map(\.expected) == [false])
    }

    @Test(arguments: [
        "lm_head.weight", "cls.predictions.decoder.weight", "decoder.bias", "transformer.h.0.attn.bias",
        "h.3.attn.masked_bias", "model.layers.0.self_attn.rotary_emb.inv_freq",
    ])
    func whatABaseMayHaveAlone(name: String) throws {
        let matching = TensorMatching(suspect: [], base: [try describe(name, [2])])
        #expect(matching.unpaired.map(\.expected) == [true])
    }

    @Test func aMismatchNamesTheTensors() throws {
        let names = (0..<12).map { "encoder.layer.\($0).output.dense.weight" }
        let matching = TensorMatching(
            suspect: try names.map { try describe($0, [4, 4]) }, base: try names.map { try describe($0, [6, 6]) })
        let error = #expect(throws: ForensicsError.self) {
            try matching.requireComparable(suspect: "suspect", base: "base")
        }
        let text = error?.description ?? ""
        #expect(text.contains("12 tensors differ") && text.contains("and 4 more"))
        #expect(text.contains("\"encoder.layer.7.output.dense.weight\" ([4, 4] in the suspect, [6, 6] in the base)"))
    }
}
