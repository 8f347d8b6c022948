/// What a file of a model folder is: what is called code is code, all else is told by its first bytes and then its name.
enum FileKind: Equatable {
    case safetensors
    /// Text, JSON and the tokenizer's own files: read or harmless.
    case text
    /// Something that runs.
    case code
    /// Weights or objects that other software loads; in words.
    case foreign(String)
    /// Anything else: hashed, not looked at.
    case other

    /// Bytes that `init` looks at.
    static let headLength = 512

    init(name: String, head: [UInt8], isTokenizerFile: Bool) {
        let ending = name.lowercased().split(separator: ".").last.map(String.init) ?? ""
        if Self.codeEndings.contains(ending) {
            self = .code
        } else if let content = Self.content(head) {
            // Bytes that are safetensors may be a pickle as well, and by such a name others read them as one.
            let format = content == .safetensors ? Self.foreignEndings[ending] : nil
            self = format.map { .foreign($0) } ?? content
        } else if let format = Self.foreignEndings[ending], !isTokenizerFile {
            self = .foreign(format)
        } else if ending == "safetensors" {
            self = .safetensors
        } else {
            self = isTokenizerFile || Self.isText(head) ? .text : .other
        }
    }

    private static let codeEndings: Set<String> = [
        "py", "pyc", "pyd", "so", "dll", "dylib", "exe", "sh", "bash", "ps1", "bat", "js", "jar", "class", "lua", "rb",
    ]

    private static let foreignEndings = [
        "bin": "a pickle by its name", "pt": "a pickle by its name", "pth": "a pickle by its name",
        "ckpt": "a pickle by its name", "pkl": "a pickle by its name", "pickle": "a pickle by its name",
        "joblib": "a pickle by its name", "dill": "a pickle by its name", "npy": "a NumPy array",
        "npz": "a NumPy archive", "onnx": "an ONNX model", "pb": "a TensorFlow graph", "tflite": "a TensorFlow model",
        "keras": "a Keras model", "h5": "an HDF5 file", "hdf5": "an HDF5 file", "msgpack": "Flax weights",
        "gguf": "a GGUF model", "ggml": "a GGML model", "mlmodel": "a Core ML model", "engine": "a TensorRT engine",
        "nemo": "a NeMo archive", "ot": "rust-bert weights",
    ]

    private static func content(_ head: [UInt8]) -> FileKind? {
        func starts(_ bytes: [UInt8]) -> Bool { head.starts(with: bytes) }
        if starts([0x7F, 0x45, 0x4C, 0x46]) || starts(Array("MZ".utf8)) || starts(Array("#!".utf8)) { return .code }
        if head.count > 8, head[8] == UInt8(ascii: "{"), head[5..<8].allSatisfy({ $0 == 0 }) { return .safetensors }
        if starts([0x50, 0x4B, 0x03, 0x04]) { return .foreign("a zip archive, as PyTorch writes it") }
        if head.count > 1, head[0] == 0x80, (2...5).contains(head[1]) { return .foreign("a Python pickle") }
        if starts(Array("GGUF".utf8)) { return .foreign("a GGUF model") }
        if starts([0x89, 0x48, 0x44, 0x46]) { return .foreign("an HDF5 file") }
        if starts([0x93] + Array("NUMPY".utf8)) { return .foreign("a NumPy array") }
        if starts([0x1F, 0x8B]) || starts(Array("7z".utf8) + [0xBC, 0xAF]) || starts(Array("BZh".utf8)) {
            return .foreign("a compressed archive")
        }
        if head.count > 262, head[257..<262].elementsEqual("ustar".utf8) { return .foreign("a tar archive") }
        if starts(Array("version https://git-lfs".utf8)) { return .foreign("a Git LFS pointer without its content") }
        return nil
    }

    /// UTF-8 without control characters; the last character may be cut.
    private static func isText(_ head: [UInt8]) -> Bool {
        guard !head.contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains($0) }) else { return false }
        return (0..<4).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    }
}
