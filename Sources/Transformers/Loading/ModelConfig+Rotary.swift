import Checkpoints
import Kernels
import StrictJSON

#if canImport(Glibc)
    internal import Glibc
#endif

extension ModelConfig {
    /// The angles of rotary positions, from `rope_parameters` or the older `rope_theta` and `rope_scaling`.
    ///
    /// - Parameters:
    ///   - width: columns of a head, even.
    ///   - layerType: the entry of `rope_parameters` where layers differ.
    ///   - thetaKey: the older entry of the base.
    ///   - theta: the base where the config names none.
    ///   - isScaled: whether the older `rope_scaling` is about these layers.
    /// - Throws: `ModelError` for a type that is not computed.
    func rotaryTable(
        width: Int, layerType: String? = nil, thetaKey: String = "rope_theta", theta: Double = 10_000,
        isScaled: Bool = true
    ) throws -> RotaryTable {
        guard width > 0, width % 2 == 0 else {
            throw ModelError(
                .unsupportedPositions, file: file,
                detail: "rotary positions need heads of an even width, and config.json gives \(width)")
        }
        let keys = isScaled ? ["rope_parameters", "rope_scaling"] : ["rope_parameters"]
        let entries = try rotaryEntries(layerType, keys)
        let base = try entries.number("rope_theta", default: try number(thetaKey, in: 1e-6...1e15, default: theta))
        let partial = try entries.number(
            "partial_rotary_factor", default: try number("partial_rotary_factor", in: 0...1, default: 1))
        guard partial == 1 else {
            throw ModelError(
                .unsupportedPositions, file: file,
                detail: "partial_rotary_factor \(partial) is not supported; supported: 1")
        }
        let plain = (0..<width / 2).map { 1 / powf(Float(base), Float(2 * $0) / Float(width)) }
        return RotaryTable(frequencies: try scaled(plain, by: entries))
    }

    private func scaled(_ frequencies: [Float], by entries: RotaryEntries) throws -> [Float] {
        switch try entries.kind() {
        // Dynamic scaling changes nothing up to max_position_embeddings, and no longer text is read.
        case "default", "dynamic": return frequencies
        case "linear":
            let factor = Float(try entries.number("factor"))
            return frequencies.map { $0 / factor }
        case "llama3":
            let factor = Float(try entries.number("factor"))
            let low = Float(try entries.number("low_freq_factor"))
            let high = Float(try entries.number("high_freq_factor"))
            let context = Float(try entries.number("original_max_position_embeddings"))
            return frequencies.map { frequency in
                let wavelength = 2 * Float.pi / frequency
                if wavelength < context / high { return frequency }
                if wavelength > context / low { return frequency / factor }
                let share = (context / wavelength - low) / (high - low)
                return (1 - share) * frequency / factor + share * frequency
            }
        case let other:
            throw ModelError(
                .unsupportedPositions, file: file,
                detail: "rope_type \"\(other)\" is not supported; Assay computes: default, dynamic, linear, llama3")
        }
    }

    /// The object that describes the positions; empty where the config has none.
    private func rotaryEntries(_ layerType: String?, _ keys: [String]) throws -> RotaryEntries {
        for key in keys {
            guard let entry = json[key], !entry.isNull else { continue }
            guard let object = entry.objectValue else { throw wrongRotary("\(key) is not an object") }
            guard let layerType, key == "rope_parameters" else { return RotaryEntries(json: object, file: file) }
            guard let part = object[layerType], !part.isNull else { break }
            guard let own = part.objectValue else { throw wrongRotary("\(key).\(layerType) is not an object") }
            return RotaryEntries(json: own, file: file)
        }
        return RotaryEntries(json: JSONObject(), file: file)
    }

    private func wrongRotary(_ detail: String) -> ModelError {
        ModelError(.unsupportedPositions, file: file, detail: detail)
    }
}

/// The settings of rotary positions.
private struct RotaryEntries {
    let json: JSONObject
    let file: String

    func kind() throws -> String {
        for key in ["rope_type", "type"] {
            guard let entry = json[key], !entry.isNull else { continue }
            guard let name = entry.stringValue else {
                throw ModelError(.unsupportedPositions, file: file, detail: "\(key) is not a string")
            }
            return name
        }
        return "default"
    }

    /// A positive number.
    func number(_ key: String, default value: Double? = nil) throws -> Double {
        guard let entry = json[key], !entry.isNull else {
            if let value { return value }
            throw ModelError(.unsupportedPositions, file: file, detail: "the rotary positions lack \"\(key)\"")
        }
        guard let number = entry.doubleValue, number > 0, number.isFinite else {
            throw ModelError(.unsupportedPositions, file: file, detail: "\"\(key)\" is not a positive number")
        }
        return number
    }
}
