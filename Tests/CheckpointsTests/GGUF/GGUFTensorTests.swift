import Tensors
import Testing

@testable import Checkpoints

/// Elements of GGUF tensors are what the reference makes of the same bytes.
@Suite struct GGUFTensorTests {
    private static func number(_ type: String) throws -> UInt32 {
        try #require(GGUFType.all.first { $0.name == type }).code
    }

    /// A model with three rows of one block of each format beside its own tensors.
    private static func blocks(_ folder: TemporaryFolder) throws -> (model: GGUFFile, fixtures: [GGUFBlocks]) {
        let fixtures = try GGUFBlocks.all()
        var builder = GGUFBuilder.model()
        for fixture in fixtures {
            builder = builder.with(
                GGUFBuilder.Tensor(
                    name: fixture.type, type: try number(fixture.type), shape: [3, fixture.values.count / 3],
                    data: fixture.blocks))
        }
        return (try builder.open(folder), fixtures)
    }

    @Test func everyFormatIsReadToTheLastBit() throws {
        let folder = try TemporaryFolder()
        let (model, fixtures) = try Self.blocks(folder)
        #expect(fixtures.map(\.type).sorted() == BlockFormat.allCases.map(\.rawValue).sorted())
        for fixture in fixtures {
            let values = try model.checkpoint.floats(fixture.type)
            #expect(values.map(\.bitPattern) == fixture.values.map(\.bitPattern), "\(fixture.type)")
            #expect(model.checkpoint[fixture.type]?.dtype == .f32)
        }
    }

    @Test func anyRangeIsWhatTheWholeHas() throws {
        let folder = try TemporaryFolder()
        let (model, fixtures) = try Self.blocks(folder)
        for fixture in fixtures {
            let count = fixture.values.count
            for (start, end) in [
                (0, 0), (0, 1), (1, 31), (31, 33), (5, count - 3), (count / 3, count), (count - 1, count),
            ] {
                var part = [Float](repeating: -1, count: end - start)
                try part.withUnsafeMutableBufferPointer {
                    try model.checkpoint.read(fixture.type, elements: start..<end, into: $0)
                }
                #expect(part == Array(fixture.values[start..<end]), "\(fixture.type) \(start)..<\(end)")
            }
        }
    }

    /// Numbers of one group that stand next to each other in size are a whole number of steps apart.
    @Test func stepsAreTheDistancesOfNumbers() throws {
        let folder = try TemporaryFolder()
        let (model, fixtures) = try Self.blocks(folder)
        for fixture in fixtures {
            let format = try #require(model.checkpoint.quantization(of: fixture.type))
            #expect(format.type == fixture.type)
            let groups = fixture.values.count / format.groupElements
            let halves = try model.checkpoint.halfSteps(fixture.type, groups: 0..<groups)
            // Of the first two blocks: in the last, numbers are too small to hold a distance exactly.
            for group in 0..<groups * 2 / 3 {
                let values = fixture.values[group * format.groupElements..<(group + 1) * format.groupElements]
                let steps = values.map { ($0 - (values.min() ?? 0)) / (2 * halves[group]) }
                #expect(halves[group] == 0 || steps.allSatisfy { abs($0 - $0.rounded()) < 1e-3 })
                #expect(halves[group] == 0 || steps.contains { $0 >= 1 })
            }
            #expect(try model.checkpoint.halfSteps(fixture.type, groups: 1..<groups) == Array(halves.dropFirst()))
        }
    }

    @Test func stepsOfTensorsThatWereNotRoundedAreRefused() throws {
        let folder = try TemporaryFolder()
        let (model, fixtures) = try Self.blocks(folder)
        #expect(model.checkpoint.quantization(of: "model.norm.weight") == nil)
        #expect(code { _ = try model.checkpoint.halfSteps("model.norm.weight", groups: 0..<1) } == .notQuantized)
        #expect(code { _ = try model.checkpoint.halfSteps(fixtures[0].type, groups: 0..<99) } == .elementsOutOfRange)
    }

    @Test func plainTypesAreReadAsTheyAreStored() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model()
            .with(
                GGUFBuilder.Tensor(
                    name: "half", type: 1, shape: [2], data: Fixture.bytes([0x3C00, 0xC100] as [UInt16]))
            )
            .with(GGUFBuilder.Tensor(name: "brain", type: 30, shape: [1], data: Fixture.bytes([0x3FC0] as [UInt16])))
            .open(folder)
        #expect(model.checkpoint["half"]?.dtype == .f16 && model.checkpoint["brain"]?.dtype == .bf16)
        #expect(try model.checkpoint.floats("half") == [1, -2.5])
        #expect(try model.checkpoint.floats("brain") == [1.5])
    }

    @Test func otherTypesAreUnsupportedAndTheRestIsRead() throws {
        let folder = try TemporaryFolder()
        let data = [UInt8](repeating: 7, count: 84)
        let model = try GGUFBuilder.model()
            .with(GGUFBuilder.Tensor(name: "two", type: 10, shape: [1, 256], data: data)).open(folder)
        #expect(model.checkpoint.unsupported == [UnsupportedTensor(name: "two", dtype: "Q2_K", shape: [1, 256])])
        #expect(model.checkpoint["two"] == nil)
        #expect(try model.checkpoint.floats("model.norm.weight") == [0, 0.125, 0.25, 0.375])
    }

    @Test func llamasHeadsAreHalvesOneAfterTheOther() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model().open(folder)
        // Rows of two heads of four rows: stored as pairs of the halves, each of four columns.
        let order = [0, 2, 1, 3, 4, 6, 5, 7]
        let expected = order.flatMap { row in (0..<4).map { Float(row * 4 + $0) / 8 } }
        let name = "model.layers.0.self_attn.q_proj.weight"
        #expect(try model.checkpoint.floats(name) == expected)
        for (start, end) in [(3, 9), (6, 7), (0, 32), (17, 31)] {
            var part = [Float](repeating: -1, count: end - start)
            try part.withUnsafeMutableBufferPointer { try model.checkpoint.read(name, elements: start..<end, into: $0) }
            #expect(part == Array(expected[start..<end]))
        }
        var bytes: [UInt8] = []
        try model.checkpoint.withStoredBytes(name, elements: 5..<20) { bytes = Array($1) }
        #expect(bytes == Fixture.bytes(Array(expected[5..<20])))
        #expect(
            try model.checkpoint.floats("model.layers.0.self_attn.k_proj.weight")
                == [0, 2, 1, 3].flatMap { row in (0..<4).map { Float(row * 4 + $0) / 8 } })
        #expect(
            try model.checkpoint.floats("model.layers.0.self_attn.v_proj.weight") == (0..<16).map { Float($0) / 8 })
    }

    /// Steps go with the rows that they belong to.
    @Test func stepsAreInTheOrderOfTheRows() throws {
        let folder = try TemporaryFolder()
        var builder = GGUFBuilder.model().with("llama.embedding_length", .uint32(32))
        builder.tensors = builder.tensors.map { tensor in
            var tensor = tensor
            if tensor.name == "token_embd.weight" { tensor = GGUFBuilder.counted(tensor.name, [6, 32]) }
            guard tensor.name == "blk.0.attn_q.weight" else { return tensor }
            // Row number r of eight has the scale 2^r.
            let rows = (0..<8).map { Fixture.bytes([UInt16(15 + $0) << 10]) + [UInt8](repeating: 1, count: 32) }
            return GGUFBuilder.Tensor(name: tensor.name, type: 8, shape: [8, 32], data: rows.flatMap { $0 })
        }
        let model = try builder.open(folder)
        let halves = try model.checkpoint.halfSteps("model.layers.0.self_attn.q_proj.weight", groups: 0..<8)
        #expect(halves == [0.5, 2, 1, 4, 8, 32, 16, 64])
    }

    @Test func gemmasNormsAreLessOne() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model("gemma3").open(folder)
        for name in ["model.norm", "model.layers.0.input_layernorm", "model.layers.0.self_attn.q_norm"] {
            #expect(try model.checkpoint.floats(name + ".weight") == [-1, -0.875, -0.75, -0.625])
        }
        #expect(try model.checkpoint.floats("model.embed_tokens.weight").first == 0)
    }
}
