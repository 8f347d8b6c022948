import Tensors

extension Checkpoint {
    /// All elements of a tensor as `Float`, row-major; integers are converted and Booleans become 0 or 1.
    public func floats(_ name: String) throws(CheckpointError) -> [Float] {
        var values = [Float](repeating: 0, count: self[name]?.elementCount ?? 0)
        try values.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            try read(name, elements: 0..<buffer.count, into: buffer)
        }
        return values
    }

    /// Reads `elements` of a tensor, counted in row-major order, into the start of `buffer` as `Float`.
    ///
    /// For streaming through tensors larger than memory. F64 and wide integers are rounded to the nearest `Float`.
    /// Elements are copied out of the page cache, F32 straight into `buffer`: for a single pass that is faster than
    /// entering every page into a mapping.
    /// - Throws: ``CheckpointError/Code/elementsOutOfRange`` beyond the tensor or when `buffer` is too small; on any
    ///   error the content of `buffer` is void.
    public func read(
        _ name: String, elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(CheckpointError) {
        guard buffer.count >= elements.count else {
            throw CheckpointError(
                .elementsOutOfRange, file: file,
                detail: "\(elements.count) elements of tensor \(CheckpointError.quote(name)) do not fit "
                    + "a buffer of \(buffer.count)")
        }
        try withFile(name, elements: elements) { file, tensor, bytes throws(CheckpointError) in
            if tensor.dtype == .f32, UInt32(1).littleEndian == 1 {
                let values = UnsafeMutableRawBufferPointer(buffer)
                try file.read(
                    into: UnsafeMutableRawBufferPointer(rebasing: values[..<bytes.count]), at: bytes.lowerBound)
            } else {
                try file.decode(bytes, as: tensor.dtype, into: buffer)
            }
        }
    }
}

extension InputFile {
    /// Reads the elements stored in `bytes` piece by piece and converts them.
    fileprivate func decode(
        _ bytes: Range<Int>, as dtype: DType, into values: UnsafeMutableBufferPointer<Float>
    ) throws(CheckpointError) {
        // A whole number of elements of every type.
        let pieceSize = 1 << 16
        var piece = [UInt8](repeating: 0, count: min(bytes.count, pieceSize))
        try piece.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: pieceSize) {
                let part = UnsafeMutableRawBufferPointer(
                    UnsafeMutableBufferPointer(rebasing: buffer.prefix(bytes.upperBound - start)))
                try read(into: part, at: start)
                let first = (start - bytes.lowerBound) / dtype.byteWidth
                dtype.decode(UnsafeRawBufferPointer(part), into: UnsafeMutableBufferPointer(rebasing: values[first...]))
            }
        }
    }
}

extension Checkpoint {
    /// Reads the length in the first 8 bytes and returns where the data area starts.
    static func headerEnd(of input: InputFile) throws(CheckpointError) -> Int {
        let start = try input.bytes(in: 0..<min(16, input.size))
        guard start.count >= 8 else {
            throw CheckpointError(
                .headerTruncated, file: input.path, detail: "it holds \(input.size) bytes, too few for a header")
        }
        if let other = ForeignContainer(firstBytes: start) {
            throw CheckpointError(
                .notSafetensors, file: input.path, detail: "its content is \(other.rawValue), not safetensors")
        }
        var length: UInt64 = 0
        for byte in start.prefix(8).reversed() { length = length << 8 | UInt64(byte) }
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
    case pickle = "a Python pickle"
    case gguf = "GGUF"
    case hdf5 = "HDF5"
    case gitLFS = "a Git LFS pointer without the weights"

    /// Recognises a container, unless byte 8 starts a JSON object as in safetensors.
    init?(firstBytes bytes: [UInt8]) {
        guard bytes.count > 8, bytes[8] != UInt8(ascii: "{") else { return nil }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = .zip
        } else if bytes[0] == 0x80, (2...5).contains(bytes[1]), bytes[2..<8].contains(where: { $0 != 0 }) {
            self = .pickle
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
