import Checkpoints
import Files
import StrictJSON
import Tensors
import Transformers

/// Writes a purified model as a folder that transformers loads like the suspect.
enum ModelExport {
    /// - Parameters:
    ///   - values: of the model.
    ///   - names: parameter name → the suspect's name of its tensor.
    ///   - suspect: gives config, tokenizer files and tensors that the network does not use.
    ///   - path: folder to create; existing files of these names are replaced, each in one step.
    static func write(
        _ values: Parameters, names: [String: String], like suspect: ModelFolder, to path: String
    ) throws {
        guard suspect.checkpoint.unsupported.isEmpty else {
            throw AuditError(
                "\(suspect.path): it holds tensors of types that Assay does not read, so that a complete "
                    + "model cannot be exported; leave --export out")
        }
        try Folder.create(path)
        var parameters: [String: Parameter] = [:]
        for parameter in values.layout.parameters {
            if let name = names[parameter.name] { parameters[name] = parameter }
        }
        let tensors = suspect.checkpoint.tensors.map { tensor in
            parameters[tensor.name] == nil
                ? tensor : TensorDescription(name: tensor.name, dtype: .f32, shape: tensor.shape) ?? tensor
        }
        var writer = try SafetensorsWriter(path: path + "/model.safetensors", tensors: tensors)
        for tensor in tensors {
            if let parameter = parameters[tensor.name] {
                try writer.write(UnsafeBufferPointer(values.floats(parameter)), to: tensor.name)
            } else {
                try writer.copy(tensor.name, from: suspect.checkpoint)
            }
        }
        try writer.finish()
        var config = suspect.config.json
        for key in ["dtype", "torch_dtype"] where config[key] != nil { config[key] = .string("float32") }
        try AtomicFile.write(JSONValue.object(config).serialized(indentation: 2), to: path + "/config.json")
        for file in ModelFolder.tokenizerFiles {
            if let bytes = try suspect.bytes(of: file) { try AtomicFile.write(bytes, to: path + "/" + file) }
        }
    }
}
