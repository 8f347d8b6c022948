import Tensors
import Testing

@testable import Checkpoints

/// Damaged GGUF files are read or refused; nothing traps, and nothing outside the file is asked for.
@Suite struct GGUFFuzzTests {
    private static let whole = GGUFBuilder.model("gemma3").with("tokenizer.ggml.pre", .string("llama-bpe")).with(
        GGUFBuilder.Tensor(name: "blk.0.attn_q.bias", type: 8, shape: [32], data: [UInt8](repeating: 9, count: 34))
    ).bytes

    /// Values that a length, a count or a place could be made to have.
    private static let extremes: [UInt64] = [0, 1, 255, 65_536, 1 << 31, 1 << 32, 1 << 62, 1 << 63, .max, .max - 31]

    @Test func headersOfMutatedFiles() {
        let random = CounterRandom(seed: 7, stream: "gguf")
        var accepted = 0
        for round in 0..<4_000 {
            var bytes = Self.whole
            for change in 0..<1 + round % 3 {
                let bits = random.bits(at: UInt64(round * 4 + change))
                let place = Int(bits >> 32) % (bytes.count - 8)
                switch round % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: bits)
                case 1:
                    let value = Self.extremes[Int(bits & 0xFFFF) % Self.extremes.count]
                    for byte in 0..<8 { bytes[place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + Int(bits & 15)))
                default: bytes = Array(bytes.prefix(place + 8))
                }
            }
            if (try? GGUFBuilder.header(bytes)) != nil { accepted += 1 }
        }
        #expect(accepted > 0 && accepted < 4_000)
    }

    @Test func modelsOfMutatedFiles() throws {
        let folder = try TemporaryFolder()
        let random = CounterRandom(seed: 8, stream: "gguf")
        var accepted = 0
        for round in 0..<1_500 {
            var bytes = Self.whole
            let bits = random.bits(at: UInt64(round))
            let place = Int(bits >> 32) % bytes.count
            bytes[place] ^= UInt8(truncatingIfNeeded: bits) | 1
            guard let model = try? GGUFFile(path: try folder.write(bytes, to: "m.gguf")) else { continue }
            accepted += 1
            for tensor in model.checkpoint.tensors {
                #expect(try model.checkpoint.floats(tensor.name).count == tensor.elementCount)
            }
        }
        #expect(accepted > 0 && accepted < 1_500)
    }
}
