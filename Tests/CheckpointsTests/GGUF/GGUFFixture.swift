import Foundation
import StrictJSON
import Testing

@testable import Checkpoints

/// Writes GGUF files, or wrong ones on request.
struct GGUFBuilder {
    struct Tensor {
        var name: String
        /// Number of the type.
        var type: UInt32 = 0
        /// Outermost first, as the reader gives them; stored the other way round.
        var shape: [Int]
        var data: [UInt8]
        /// Where the header says that it starts; nil for the truth.
        var offset: UInt64?
    }

    var magic = "GGUF"
    var version: UInt32 = 3
    var metadata: [(key: String, value: GGUFValue)] = []
    var tensors: [Tensor] = []
    /// What the header claims; nil for the truth.
    var tensorCount: UInt64?
    var entryCount: UInt64?
    var alignment = 32
    /// Bytes behind the last tensor.
    var trailing: [UInt8] = []

    var bytes: [UInt8] {
        var header = Array(magic.utf8) + Fixture.bytes([version])
        header += Fixture.bytes([tensorCount ?? UInt64(tensors.count), entryCount ?? UInt64(metadata.count)])
        for entry in metadata {
            header += Self.text(entry.key) + Fixture.bytes([Self.kind(entry.value)]) + Self.bytes(entry.value)
        }
        var data: [UInt8] = []
        for tensor in tensors {
            data += padding(data.count)
            header += Self.text(tensor.name) + Fixture.bytes([UInt32(tensor.shape.count)])
            header += Fixture.bytes(tensor.shape.reversed().map { UInt64(bitPattern: Int64($0)) })
            header += Fixture.bytes([tensor.type]) + Fixture.bytes([tensor.offset ?? UInt64(data.count)])
            data += tensor.data
        }
        return header + padding(header.count) + data + trailing
    }

    private func padding(_ count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: (alignment - count % alignment) % alignment)
    }

    static func text(_ text: String) -> [UInt8] { Fixture.bytes([UInt64(text.utf8.count)]) + Array(text.utf8) }

    static func kind(_ value: GGUFValue) -> UInt32 {
        switch value {
        case .uint8: 0
        case .int8: 1
        case .uint16: 2
        case .int16: 3
        case .uint32: 4
        case .int32: 5
        case .float32: 6
        case .bool: 7
        case .string: 8
        case .array: 9
        case .uint64: 10
        case .int64: 11
        case .float64: 12
        }
    }

    static func bytes(_ value: GGUFValue) -> [UInt8] {
        switch value {
        case .uint8(let value): [value]
        case .int8(let value): Fixture.bytes([value])
        case .uint16(let value): Fixture.bytes([value])
        case .int16(let value): Fixture.bytes([value])
        case .uint32(let value): Fixture.bytes([value])
        case .int32(let value): Fixture.bytes([value])
        case .float32(let value): Fixture.bytes([value])
        case .bool(let value): [value ? 1 : 0]
        case .string(let value): text(value)
        case .array(let values):
            Fixture.bytes([values.first.map(kind) ?? 0]) + Fixture.bytes([UInt64(values.count)])
                + values.flatMap { bytes($0) }
        case .uint64(let value): Fixture.bytes([value])
        case .int64(let value): Fixture.bytes([value])
        case .float64(let value): Fixture.bytes([value.bitPattern])
        }
    }
}

extension GGUFBuilder {
    /// Numbers from 0 on as the data of an F32 tensor.
    static func counted(_ name: String, _ shape: [Int]) -> Tensor {
        Tensor(
            name: name, shape: shape, data: Fixture.bytes((0..<shape.reduce(1, *)).map { Float($0) / 8 }))
    }

    /// A model of one layer and four columns with two heads, and of six tokens.
    static func model(_ architecture: String = "llama") -> GGUFBuilder {
        var builder = GGUFBuilder()
        let numbers: [(String, UInt32)] = [
            ("block_count", 1), ("context_length", 64), ("embedding_length", 4), ("feed_forward_length", 6),
            ("attention.head_count", 2), ("attention.head_count_kv", 1), ("rope.dimension_count", 4),
            ("attention.key_length", 4), ("attention.value_length", 4),
        ]
        builder.metadata = [("general.architecture", .string(architecture))]
        builder.metadata += numbers.map { ("\(architecture).\($0.0)", .uint32($0.1)) }
        builder.metadata += [
            ("\(architecture).attention.layer_norm_rms_epsilon", .float32(1e-5)),
            ("tokenizer.ggml.model", .string("gpt2")), ("tokenizer.ggml.pre", .string("smollm")),
            ("tokenizer.ggml.tokens", .array(["<|end|>", "a", "b", "ab", "Ġ", "<think>"].map { .string($0) })),
            ("tokenizer.ggml.token_type", .array([3, 1, 1, 1, 1, 4].map { .int32($0) })),
            ("tokenizer.ggml.merges", .array([.string("a b")])), ("tokenizer.ggml.eos_token_id", .uint32(0)),
            ("tokenizer.chat_template", .string("{{ messages }}")),
        ]
        var layer: [(String, [Int])] = [
            ("attn_norm", [4]), ("attn_q", [8, 4]), ("attn_k", [4, 4]), ("attn_v", [4, 4]), ("attn_output", [4, 8]),
            ("ffn_norm", [4]), ("ffn_gate", [6, 4]), ("ffn_up", [6, 4]), ("ffn_down", [4, 6]),
        ]
        if architecture == "qwen3" || architecture == "gemma3" {
            layer += [("attn_q_norm", [4]), ("attn_k_norm", [4])]
        }
        if architecture == "gemma3" { layer += [("post_attention_norm", [4]), ("post_ffw_norm", [4])] }
        builder.tensors = [counted("token_embd.weight", [6, 4]), counted("output_norm.weight", [4])]
        builder.tensors += layer.map { counted("blk.0.\($0.0).weight", $0.1) }
        return builder
    }

    /// Sets, replaces or, with nil, removes an entry of the metadata.
    func with(_ key: String, _ value: GGUFValue?) -> GGUFBuilder {
        var copy = self
        copy.metadata.removeAll { $0.key == key }
        if let value { copy.metadata.append((key, value)) }
        return copy
    }

    func with(_ tensor: Tensor) -> GGUFBuilder {
        var copy = self
        copy.tensors.append(tensor)
        return copy
    }

    /// Path of a file under `Tests/Fixtures/gguf`.
    static func fixture(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/gguf/\(name)").path
    }

    /// The file's header, parsed from memory.
    func header() throws -> GGUFHeader { try GGUFBuilder.header(bytes) }

    static func header(_ bytes: [UInt8]) throws -> GGUFHeader {
        try GGUFHeader(
            GGUFReader(file: "m.gguf", size: bytes.count) { range throws(CheckpointError) in
                // Outside the file this traps, and the test with it.
                Array(bytes[range])
            })
    }

    /// Opens the file as a model.
    func open(_ folder: TemporaryFolder) throws -> GGUFFile {
        try GGUFFile(path: try folder.write(bytes, to: "m.gguf"))
    }
}

/// Blocks of each quantised format, and what they stand for, made by `Tests/Reference/make_gguf_blocks.py`.
struct GGUFBlocks {
    let type: String
    let blocks: [UInt8]
    let values: [Float]

    static func all() throws -> [GGUFBlocks] {
        let path = GGUFBuilder.fixture("blocks.json")
        let json = try JSONValue(parsing: try InputFile(path: path).bytes())
        return try (json.arrayValue ?? []).map { entry in
            let object = try #require(entry.objectValue)
            let bits = bytes(try #require(object["values"]?.stringValue))
            return GGUFBlocks(
                type: try #require(object["type"]?.stringValue),
                blocks: bytes(try #require(object["blocks"]?.stringValue)),
                values: stride(from: 0, to: bits.count, by: 4).map { start in
                    Float(bitPattern: bits[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
                })
        }
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map { UInt8($0) } }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
