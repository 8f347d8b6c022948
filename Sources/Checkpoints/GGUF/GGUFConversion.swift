import Glibc
import Tensors

/// Turns a GGUF file into the folder that transformers loads.
public enum GGUFConversion {
    /// Elements that are converted at once.
    private static let piece = 1 << 20

    /// Writes the model in the GGUF file at `path` to `folder`, which must be new or empty: model.safetensors in F32,
    /// config.json, generation_config.json and the tokenizer's files.
    ///
    /// Each file appears whole or not at all, and config.json, without which nothing loads, appears last.
    /// - Returns: name, size and SHA-256 of each file, sorted by name.
    /// - Throws: ``CheckpointError/Code/folderNotEmpty``, ``CheckpointError/Code/unsupportedType`` where a tensor's type
    ///   is not read, and what ``GGUFFile/init(path:)`` and writing throw.
    public static func write(_ path: String, to folder: String) throws(CheckpointError) -> [InputDigest] {
        let model = try GGUFFile(path: path)
        if let other = model.checkpoint.unsupported.first {
            throw CheckpointError(
                .unsupportedType, file: path,
                detail: "tensor \(CheckpointError.quote(other.name)) has the type \(other.dtype), which is not read")
        }
        try create(folder)
        var digests = [try writeWeights(model, to: "\(folder)/model.safetensors")]
        try model.input.verifyUnchanged()
        let names = model.files.keys.sorted { ($0 == "config.json" ? 1 : 0, $0) < ($1 == "config.json" ? 1 : 0, $1) }
        for name in names {
            guard let bytes = model.files[name] else { continue }
            try AtomicFile.write(bytes, to: "\(folder)/\(name)")
            digests.append(InputDigest(name: name, of: bytes))
        }
        return digests.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func create(_ folder: String) throws(CheckpointError) {
        if mkdir(folder, 0o777) == 0 { return }
        let number = errno
        guard number == EEXIST else {
            throw CheckpointError(
                .cannotWrite, file: folder, detail: "it cannot be created (\(SystemError.text(number)))")
        }
        guard try Directory(path: folder).entries().isEmpty else {
            throw CheckpointError(.folderNotEmpty, file: folder, detail: "it already holds files")
        }
    }

    private static func writeWeights(_ model: GGUFFile, to path: String) throws(CheckpointError) -> InputDigest {
        let planned = model.checkpoint.tensors.compactMap {
            TensorDescription(name: $0.name, dtype: .f32, shape: $0.shape)
        }
        var writer = try SafetensorsWriter(path: path, tensors: planned)
        for tensor in planned {
            var start = 0
            while start < tensor.elementCount {
                let end = min(start + piece, tensor.elementCount)
                var values = [Float](repeating: 0, count: end - start)
                try values.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
                    try model.checkpoint.read(tensor.name, elements: start..<end, into: buffer)
                }
                try writer.write(values, to: tensor.name)
                start = end
            }
        }
        return try writer.finish()
    }
}
