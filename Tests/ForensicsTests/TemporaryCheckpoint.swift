import Checkpoints
import Foundation
import Tensors
import Testing

/// A safetensors file that lives as long as this object.
final class TemporaryCheckpoint {
    let checkpoint: Checkpoint
    private let path: String

    /// Writes tensors of the given shapes and elements.
    init(_ tensors: [(name: String, shape: [Int], values: [Float])], dtype: DType = .f32) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors").path
        let descriptions = try tensors.map {
            try #require(TensorDescription(name: $0.name, dtype: dtype, shape: $0.shape))
        }
        var writer = try SafetensorsWriter(path: path, tensors: descriptions)
        for tensor in tensors { try writer.write(tensor.values, to: tensor.name) }
        try writer.finish()
        checkpoint = try Checkpoint(path: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Numbers that look random and are the same in every run, about −1 to 1.
func noise(_ count: Int, seed: UInt64) -> [Float] {
    let random = CounterRandom(seed: seed, stream: "noise")
    return (0..<count).map { Float(2 * random.uniform(at: UInt64($0)) - 1) }
}

func describe(_ name: String, _ shape: [Int], _ dtype: DType = .f32) throws -> TensorDescription {
    try #require(TensorDescription(name: name, dtype: dtype, shape: shape))
}

/// Whether two numbers agree to `tolerance`, relative.
func agree(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    guard let a else { return false }
    return a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
}
