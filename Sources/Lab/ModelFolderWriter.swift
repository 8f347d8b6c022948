import Checkpoints
import StrictJSON
import Tensors

/// Writes a model folder as transformers writes one.
struct ModelFolderWriter {
    let path: String
    /// Other files of the folder, by name.
    let files: [(name: String, bytes: [UInt8])]

    /// - Parameters:
    ///   - parameters: values to write.
    ///   - name: the checkpoint's name of a parameter; nil leaves it out.
    func write(_ parameters: Parameters, named name: (String) -> String?) throws {
        let named = parameters.layout.parameters.compactMap { parameter in
            name(parameter.name).flatMap { TensorDescription(name: $0, dtype: .f32, shape: parameter.shape) }
                .map { (parameter, $0) }
        }
        var writer = try SafetensorsWriter(path: path + "/model.safetensors", tensors: named.map(\.1))
        for (parameter, tensor) in named {
            try writer.write(UnsafeBufferPointer(parameters.floats(parameter)), to: tensor.name)
        }
        try writer.finish()
        for file in files { try AtomicFile.write(file.bytes, to: path + "/" + file.name) }
    }
}
