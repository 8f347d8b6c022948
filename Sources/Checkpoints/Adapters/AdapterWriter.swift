import StrictJSON
import Tensors

/// Writes a LoRA adapter as PEFT writes one: `adapter_config.json` and `adapter_model.safetensors`.
public struct AdapterWriter {
    private let path: String
    private let base: String

    /// - Parameters:
    ///   - path: folder that exists; files of these names are replaced, each in one step.
    ///   - base: name or path of the model that is adapted, which PEFT looks up.
    public init(path: String, base: String) {
        self.path = path
        self.base = base
    }

    /// - Parameters:
    ///   - updates: of one rank; each tensor is a module's weight, under transformers' name.
    ///   - alpha: α, by which with the rank PEFT scales them all.
    ///   - task: PEFT's `task_type`.
    public func write(
        _ updates: [LowRankUpdate], alpha: Double, task: String = "CAUSAL_LM"
    ) throws(CheckpointError) {
        var tensors: [TensorDescription] = []
        for update in updates {
            for (name, shape) in [
                (Self.name(update, isUp: false), [update.rank, update.inputs]),
                (Self.name(update, isUp: true), [update.outputs, update.rank]),
            ] {
                guard let tensor = TensorDescription(name: name, dtype: .f32, shape: shape) else {
                    throw CheckpointError(
                        .cannotWrite, file: path, detail: "tensor \(CheckpointError.quote(name)) is too large")
                }
                tensors.append(tensor)
            }
        }
        var writer = try SafetensorsWriter(path: path + "/adapter_model.safetensors", tensors: tensors)
        for update in updates {
            try writer.write(update.down, to: Self.name(update, isUp: false))
            try writer.write(update.up, to: Self.name(update, isUp: true))
        }
        try writer.finish()
        try AtomicFile.write(config(updates, alpha, task), to: "\(path)/\(AdapterConfig.fileName)")
    }

    private func config(_ updates: [LowRankUpdate], _ alpha: Double, _ task: String) -> [UInt8] {
        let rank = updates.first?.rank ?? 1
        let modules = Set(updates.compactMap { Self.module($0).split(separator: ".").last.map(String.init) })
        var json = JSONObject()
        json["base_model_name_or_path"] = .string(base)
        json["bias"] = .string("none")
        json["fan_in_fan_out"] = .bool(updates.first?.isTransposed ?? false)
        json["inference_mode"] = .bool(true)
        json["lora_alpha"] = .number(alpha)
        json["lora_dropout"] = .number(0)
        json["peft_type"] = .string("LORA")
        json["r"] = .integer(rank)
        json["target_modules"] = .array(modules.sorted().map { .string($0) })
        json["task_type"] = .string(task)
        return JSONValue.object(json).serialized(indentation: 2)
    }

    private static func module(_ update: LowRankUpdate) -> String {
        update.tensor.hasSuffix(".weight") ? String(update.tensor.dropLast(".weight".count)) : update.tensor
    }

    private static func name(_ update: LowRankUpdate, isUp: Bool) -> String {
        "\(AdapterTensors.prefix)\(module(update)).lora_\(isUp ? "B" : "A").weight"
    }
}
