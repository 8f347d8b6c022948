import Tensors
import Testing

@testable import Checkpoints
@testable import Forensics

@Suite struct TensorNameTests {
    @Test(
        arguments: [
            (
                "bert.encoder.layer.11.attention.self.query.weight", "encoder.layer.11.attention.self.query.weight", 11,
                "attention.self.query.weight"
            ),
            (
                "encoder.layer.0.output.LayerNorm.gamma", "encoder.layer.0.output.LayerNorm.weight", 0,
                "output.LayerNorm.weight"
            ),
            ("bert.embeddings.LayerNorm.beta", "embeddings.LayerNorm.bias", nil, "embeddings.LayerNorm.bias"),
            ("transformer.h.3.mlp.c_fc.weight", "h.3.mlp.c_fc.weight", 3, "mlp.c_fc.weight"),
            (
                "model.layers.2.self_attn.q_proj.weight", "layers.2.self_attn.q_proj.weight", 2,
                "self_attn.q_proj.weight"
            ),
            ("classifier.weight", "classifier.weight", nil, "classifier.weight"), ("bert", "bert", nil, "bert"),
            ("gamma", "gamma", nil, "gamma"), ("", "", nil, ""), ("layer", "layer", nil, "layer"),
            ("layer.99999999999999999999.x", "layer.99999999999999999999.x", nil, "layer.99999999999999999999.x"),
            ("layer.+1.x", "layer.+1.x", nil, "layer.+1.x"), ("layer.4", "layer.4", 4, ""),
        ] as [(String, String, Int?, String)])
    func parts(stored: String, canonical: String, layer: Int?, kind: String) {
        let name = TensorName(stored)
        #expect(name.canonical == canonical)
        #expect(name.layer == layer)
        #expect(name.kind == kind)
    }

    @Test func comparedByBytes() {
        #expect(TensorName("bert.x.weight") == TensorName("x.weight"))
        #expect(TensorName("\u{E9}.weight") != TensorName("e\u{301}.weight"))
    }
}

@Suite struct TensorMatchingTests {
    @Test func prefixesAndOlderNames() throws {
        let suspect = try [describe("bert.a.LayerNorm.weight", [4]), describe("bert.b.weight", [2, 2])]
        let base = try [describe("a.LayerNorm.gamma", [4]), describe("b.weight", [2, 2], .f16)]
        let matching = TensorMatching(suspect: suspect, base: base)
        #expect(matching.pairs.map(\.base.name) == ["a.LayerNorm.gamma", "b.weight"])
        #expect(matching.unpaired.isEmpty)
    }

    @Test(arguments: [
        ("classifier.weight", true), ("pooler.dense.bias", true), ("bert.pooler.dense.bias", true),
        ("embeddings.position_ids", true), ("encoder.layer.6.output.dense.weight", false), ("cls.bias", false),
        ("classifier_2.weight", false),
    ])
    func onlyInSuspect(name: String, expected: Bool) throws {
        let matching = TensorMatching(suspect: [try describe(name, [2])], base: [])
        #expect(
            matching.unpaired == [
                UnpairedTensor(
                    name: name, reason: .onlyInSuspect, suspectShape: [2], baseShape: nil, expected: expected)
            ])
    }

    @Test(arguments: [
        ("cls.predictions.bias", true), ("pooler.dense.bias", true), ("lm_head.weight", true),
        ("vocab_projector.bias", true), ("bert.embeddings.position_ids", true), ("encoder.layer.5.x.weight", false),
    ])
    func onlyInBase(name: String, expected: Bool) throws {
        let matching = TensorMatching(suspect: [], base: [try describe(name, [2])])
        #expect(
            matching.unpaired == [
                UnpairedTensor(name: name, reason: .onlyInBase, suspectShape: nil, baseShape: [2], expected: expected)
            ])
    }

    @Test func shapesAndTypes() throws {
        let suspect = try [
            describe("bert.embeddings.position_ids", [1, 8], .i64), describe("classifier.weight", [3, 4]),
            describe("counts", [1], .i32), describe("w", [2, 3]),
        ]
        let base = try [
            describe("classifier.weight", [2, 4]), describe("counts", [1], .i32),
            describe("embeddings.position_ids", [1, 8], .i64), describe("w", [3, 2]),
        ]
        let matching = TensorMatching(suspect: suspect, base: base)
        #expect(matching.pairs.isEmpty)
        #expect(matching.reshaped.map(\.suspect.name) == ["classifier.weight", "w"])
        #expect(matching.unpaired.map(\.name) == suspect.map(\.name))
        #expect(matching.unpaired.map(\.reason) == [.dtype, .shape, .dtype, .shape])
        #expect(matching.unpaired.map(\.expected) == [true, true, false, false])
    }

    @Test func aDecoyBesideTheTensorStaysUnmatched() throws {
        let suspect = try [describe("bert.w", [2]), describe("w", [2])]
        let exact = TensorMatching(suspect: suspect, base: [try describe("w", [2])])
        #expect(exact.pairs.map(\.suspect.name) == ["w"])
        #expect(exact.unpaired.map(\.name) == ["bert.w"])
        #expect(exact.unpaired.map(\.expected) == [false])
        let other = TensorMatching(suspect: suspect, base: [try describe("roberta.w", [2])])
        #expect(other.pairs.map(\.suspect.name) == ["bert.w"])
        #expect(other.unpaired.map(\.name) == ["w"])
    }

    @Test func aSecondHeadIsNotExpected() throws {
        let matching = TensorMatching(
            suspect: [try describe("bert.classifier.weight", [2]), try describe("classifier.weight", [2])], base: [])
        #expect(matching.unpaired.map(\.expected) == [true, false])
    }

    @Test func typesThatAreNotRead() throws {
        let unread = UnsupportedTensor(name: "bert.w", dtype: "F8_E4M3", shape: [2])
        let inSuspect = TensorMatching(suspect: [], base: [try describe("w", [2])], unsupportedInSuspect: [unread])
        #expect(
            inSuspect.unpaired == [
                UnpairedTensor(name: "bert.w", reason: .dtype, suspectShape: [2], baseShape: [2], expected: false)
            ])
        let inBase = TensorMatching(suspect: [try describe("w", [2])], base: [], unsupportedInBase: [unread])
        #expect(inBase.unpaired.map(\.reason) == [.dtype])
        let alone = TensorMatching(suspect: [], base: [], unsupportedInSuspect: [unread])
        #expect(alone.unpaired.map(\.reason) == [.onlyInSuspect])
    }

    @Test func comparable() throws {
        let words = "embeddings.word_embeddings.weight"
        let body = try describe("encoder.layer.0.output.dense.weight", [4, 4])
        let same = TensorMatching(
            suspect: [try describe("bert." + words, [9, 4]), body],
            base: [try describe(words, [8, 4]), body])
        try same.requireComparable(suspect: "suspect", base: "base")
        #expect(same.wordEmbeddings?.base.shape == [8, 4])

        let wider = TensorMatching(
            suspect: [try describe(words, [8, 6]), body], base: [try describe(words, [8, 4]), body])
        #expect(wider.wordEmbeddings == nil)
        let error = #expect(throws: ForensicsError.self) {
            try wider.requireComparable(suspect: "suspect", base: "the-base")
        }
        #expect(error?.code == .otherShape)
        #expect(error?.description.hasPrefix("the-base: ") == true)

        let foreign = TensorMatching(suspect: [body], base: [try describe("x", [1])])
        #expect(throws: ForensicsError.self) { try foreign.requireComparable(suspect: "suspect", base: "base") }
        let head = TensorMatching(
            suspect: [body, try describe("classifier.weight", [3, 4])],
            base: [body, try describe("classifier.weight", [2, 4])])
        try head.requireComparable(suspect: "suspect", base: "base")
    }
}
