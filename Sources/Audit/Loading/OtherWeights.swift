import Checkpoints
import Files
import Tensors

/// Files of the suspect's folder that a loader could take in place of the weights that were read.
enum OtherWeights {
    private static let endings: Set<String> = [
        "safetensors", "bin", "pt", "pth", "ckpt", "h5", "hdf5", "keras", "msgpack", "gguf", "ggml", "onnx", "pb",
        "tflite", "ot", "mlmodel", "nemo", "index", "onnx_data",
    ]
    /// Beginnings of names under which training leaves its state, and the endings that these have.
    private static let states = ["optimizer", "scheduler", "training_args", "rng_state", "scaler"]
    private static let stateEndings: Set<String> = ["bin", "pt", "pth"]

    static func concerns(beside suspect: ModelFolder) -> [LoadingConcerns.Concern] {
        let listing: FolderListing
        do {
            listing = try FolderListing(suspect.path)
        } catch {
            return [
                LoadingConcerns.Concern(
                    subject: suspect.name,
                    sentence:
                        "The suspect's folder cannot be searched for other weights: give one that holds the model alone "
                        + "and can be listed.")
            ]
        }
        let read = Set(suspect.digests.map { Array($0.name.utf8) })
        let others = (listing.files + listing.notFiles).filter { isWeights($0) && !read.contains(Array($0.utf8)) }
        return others.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.filter { name in
            !isSame(suspect.path + "/" + name, as: suspect.checkpoint)
        }.map { name in
            LoadingConcerns.Concern(
                subject: name,
                sentence:
                    "“\(LoadingConcerns.clipped(name))” was not read and can be loaded in place of the weights that were: "
                    + "delete it, or audit it in a folder of its own.")
        }
    }

    /// Whether a file goes by a name that some loader takes for weights or for their index.
    static func isWeights(_ path: String) -> Bool {
        let name = (path.split(separator: "/").last.map(String.init) ?? path).lowercased()
        if name.hasSuffix(".json") { return name.contains(".index.") }
        guard let ending = name.split(separator: ".").last.map(String.init), endings.contains(ending) else {
            return false
        }
        return !(stateEndings.contains(ending) && states.contains { name.hasPrefix($0) })
    }

    /// Whether a file of weights can be read and holds the same numbers under the same names, and nothing besides.
    private static func isSame(_ path: String, as read: Checkpoint) -> Bool {
        guard ["safetensors", "bin", "pt", "pth"].contains(where: { path.lowercased().hasSuffix("." + $0) }),
            let other = try? Checkpoint(path: path), other.notes.isEmpty
        else { return false }
        return (try? other.hasNumbers(of: read)) ?? false
    }
}

extension Checkpoint {
    /// Whether both have the same tensors, types, shapes and numbers; false where that cannot be shown.
    func hasNumbers(of other: Checkpoint) throws(CheckpointError) -> Bool {
        guard unsupported.isEmpty, other.unsupported.isEmpty, tensors == other.tensors else { return false }
        var blocks = ([Float](repeating: 0, count: 1 << 16), [Float](repeating: 0, count: 1 << 16))
        for tensor in tensors {
            // As Float, these types are rounded.
            let isExact = tensor.dtype.isFloatingPoint && tensor.dtype != .f64 || tensor.dtype.byteWidth < 4
            for start in stride(from: 0, to: tensor.elementCount, by: 1 << 16) {
                let range = start..<min(start + 1 << 16, tensor.elementCount)
                let ours = try block(tensor.name, range, &blocks.0)
                let theirs = try other.block(tensor.name, range, &blocks.1)
                let same = zip(ours, theirs).allSatisfy {
                    $0.bitPattern == $1.bitPattern && (isExact || abs($0) < 0x1p24)
                }
                if !same { return false }
            }
        }
        try verifyUnchanged()
        return true
    }

    private func block(
        _ name: String, _ range: Range<Int>, _ values: inout [Float]
    ) throws(CheckpointError) -> ArraySlice<Float> {
        try values.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            try read(name, elements: range, into: buffer)
        }
        return values.prefix(range.count)
    }
}
