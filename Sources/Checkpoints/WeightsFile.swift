/// The tensors of one file of weights, whose content decides the container.
struct WeightsFile: Sendable {
    let mapping: GuardedMapping
    var sources: [any TensorSource] = []
    var unsupported: [UnsupportedTensor] = []
    /// What is unusual about the file.
    var notes: [String] = []

    /// Validates and maps the file.
    init(_ input: InputFile) throws(CheckpointError) {
        let start = try input.bytes(in: 0..<min(300, input.size))
        switch ForeignContainer(firstBytes: start) {
        case nil: try self.init(safetensors: input)
        case .zip: try self.init(pyTorch: input)
        case let other?:
            throw CheckpointError(
                other.isLegacyPyTorch ? .legacyPyTorch : .foreignContainer, file: input.path,
                detail: "its content is \(other.rawValue), neither safetensors nor what torch.save writes today")
        }
    }

    private init(safetensors input: InputFile) throws(CheckpointError) {
        let headerEnd = try Self.headerEnd(of: input)
        let header = try SafetensorsHeader(
            parsing: try input.bytes(in: 8..<headerEnd), dataSize: input.size - headerEnd, file: input.path)
        let mapping = try GuardedMapping(input)
        self.mapping = mapping
        sources = header.entries.map {
            StoredTensor(tensor: $0.tensor, start: headerEnd + $0.range.lowerBound, mapping: mapping)
        }
        unsupported = header.unsupported
    }

    private init(pyTorch input: InputFile) throws(CheckpointError) {
        let archive = try PyTorchArchive(input)
        let mapping = try GuardedMapping(input)
        self.mapping = mapping
        notes = archive.notes
        for tensor in archive.tensors {
            guard let dtype = tensor.storage.dtype else {
                unsupported.append(
                    UnsupportedTensor(name: tensor.name, dtype: tensor.storage.type, shape: tensor.shape))
                continue
            }
            sources.append(try tensor.source(dtype, mapping: mapping))
        }
    }

    /// Reads the length in the first 8 bytes and returns where the data area starts.
    private static func headerEnd(of input: InputFile) throws(CheckpointError) -> Int {
        let start = try input.bytes(in: 0..<min(8, input.size))
        guard start.count == 8 else {
            throw CheckpointError(
                .headerTruncated, file: input.path, detail: "it holds \(input.size) bytes, too few for a header")
        }
        var length: UInt64 = 0
        for byte in start.reversed() { length = length << 8 | UInt64(byte) }
        guard length <= SafetensorsHeader.maxLength else {
            throw CheckpointError(
                .headerTooLong, file: input.path,
                detail: "its header claims \(length) bytes, and at most \(SafetensorsHeader.maxLength) are allowed")
        }
        guard length <= input.size - 8 else {
            throw CheckpointError(
                .headerBeyondFile, file: input.path,
                detail: "its header claims \(length) bytes, and the file holds \(input.size)")
        }
        return 8 + Int(length)
    }
}

/// Other containers of weights, told by their content.
enum ForeignContainer: String {
    case zip = "a zip archive (PyTorch)"
    case pickle = "a bare Python pickle (PyTorch before 1.6)"
    case tar = "a tar archive (PyTorch before 0.2)"
    case gguf = "GGUF"
    case hdf5 = "HDF5"
    case gitLFS = "a Git LFS pointer without the weights"

    /// Whether PyTorch wrote it before its present format.
    var isLegacyPyTorch: Bool { self == .pickle || self == .tar }

    /// Recognises a container, unless byte 8 starts a JSON text as in safetensors.
    init?(firstBytes bytes: [UInt8]) {
        guard bytes.count > 8, !"{ \t\r\n".utf8.contains(bytes[8]) else { return nil }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = .zip
        } else if bytes[0] == 0x80, (2...5).contains(bytes[1]), bytes[2..<8].contains(where: { $0 != 0 }) {
            self = .pickle
        } else if bytes.count >= 262, bytes[257..<262].elementsEqual("ustar".utf8) {
            self = .tar
        } else if bytes.starts(with: "GGUF".utf8) {
            self = .gguf
        } else if bytes.starts(with: [0x89, 0x48, 0x44, 0x46]) {
            self = .hdf5
        } else if bytes.starts(with: "version http".utf8) {
            self = .gitLFS
        } else {
            return nil
        }
    }
}
