import Checkpoints
import Kernels

extension ModelConfig {
    /// Standard deviation of freshly drawn weights.
    func initializerRange() throws -> Double { try number("initializer_range", in: 0...10, default: 0.02) }

    /// A probability of dropping.
    func dropout(_ key: String, default value: Double = 0.1) throws -> Double {
        try number(key, in: 0...0.99, default: value)
    }

    /// A norm's epsilon.
    func epsilon(_ key: String, default value: Double) throws -> Float {
        Float(try number(key, in: 0...1, default: value))
    }

    func vocabularySize() throws -> Int { try integer("vocab_size", in: 1...10_000_000) }

    func layerCount(_ key: String = "num_hidden_layers") throws -> Int { try integer(key, in: 1...1_000) }

    /// The width of the network and its heads, which divide it.
    func width(
        _ key: String = "hidden_size", heads headKey: String = "num_attention_heads"
    ) throws -> (hidden: Int, heads: Int) {
        let hidden = try integer(key, in: 1...65_536)
        let heads = try integer(headKey, in: 1...1_024)
        guard hidden % heads == 0 else {
            throw ModelError(
                .shapeMismatch, file: file, detail: "\(key) \(hidden) is not a multiple of \(headKey) \(heads)")
        }
        return (hidden, heads)
    }

    /// The activation function under `key`, by its exact name.
    func activation(_ key: String, default name: String) throws -> ActivationFunction {
        let name = try string(key, default: name)
        guard let function = ActivationFunction(hiddenAct: name) else {
            throw ModelError(
                .unsupportedActivation, file: file,
                detail: "\(key) \"\(name)\" is not supported; Assay computes: gelu, gelu_new, relu, silu, tanh")
        }
        return function
    }

    /// Refuses any other value of an option than those that are computed.
    func requireSupported(
        _ key: String, default value: String, _ supported: [String], _ code: ModelError.Code = .unsupportedOption
    ) throws {
        let found = try string(key, default: value)
        guard supported.contains(found) else {
            throw ModelError(
                code, file: file,
                detail: "\(key) \"\(found)\" is not supported for \(modelType); supported: "
                    + supported.joined(separator: ", "))
        }
    }

    /// Refuses an option that is on.
    func requireOff(_ key: String) throws {
        guard try !bool(key, default: false) else {
            throw ModelError(
                .unsupportedOption, file: file,
                detail: "\(key) true is not supported for \(modelType); supported: false")
        }
    }
}
