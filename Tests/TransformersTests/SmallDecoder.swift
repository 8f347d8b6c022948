import Checkpoints
import Kernels
import StrictJSON
import Tensors
import Testing

@testable import Transformers

/// One small language model of each family, with random values that make its continuations differ.
enum SmallDecoder {
    /// Folders whose config has the family's options; Qwen2, Mistral and Gemma 3 have windows of five and seven tokens.
    static let names = ["llama-causal", "gpt2-causal", "mistral", "qwen2", "qwen3", "gemma3-causal"]

    /// - Parameter seed: of the values; two seeds give models of one layout.
    static func model(_ name: String, seed: UInt64 = 1, vocabulary: Int = 320) throws -> LanguageModel {
        var entries = try Fixtures.folder(name).config.json
        entries["vocab_size"] = .integer(vocabulary)
        let causal = try Architectures.makeLanguageModel(
            ModelConfig(parsing: JSONValue.object(entries).serialized()))
        let parameters = Parameters(layout: causal.layout)
        for parameter in causal.layout.parameters {
            let random = CounterRandom(seed: seed, stream: parameter.name)
            let shift: Float = parameter.initialization == .ones ? 1 : 0
            let target = parameters.floats(parameter)
            for index in target.indices { target[index] = Float(random.normal(at: UInt64(index)) * 0.3) + shift }
        }
        return LanguageModel(causal: causal, parameters: parameters, checkpointNames: [:])
    }

    /// Prompts of one to forty tokens, some of which begin alike, one of them twice.
    static let prompts: [[Int32]] = {
        let start = (0..<12).map { Int32($0 * 37 % 300) }
        let alike = (0..<70).map { start + [Int32($0 * 4 + 3)] + start.prefix($0 % 9) }
        return [[5], [9, 200, 3, 17], Array(20..<60), start] + alike + [start + [7, 8], Array(20..<41), start]
    }()

    static func generator(
        _ model: LanguageModel, threads: Int = 2, precision: Precision = .f32
    ) -> Generator {
        Generator(model, workers: Workers(threads: threads), precision: precision)
    }
}

/// Runs a body on a thread whose products are single-threaded.
func onOneThread<T>(_ body: (ComputeContext) -> T) -> T {
    var results: [T] = []
    withUnsafeMutablePointer(to: &results) { results in
        nonisolated(unsafe) let results = results
        Workers(threads: 1).forEach(1) { _, context in results.pointee.append(body(context)) }
    }
    return results[0]
}
