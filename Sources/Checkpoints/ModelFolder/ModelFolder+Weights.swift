/// The files of a folder that hold its weights.
struct WeightsChoice {
    /// The weights, or the index that names them.
    let file: String
    /// Other files of weights, which are not read and which other software may read instead.
    let unread: [String]

    var isIndex: Bool { file.hasSuffix(Self.indexSuffix) }

    private static let indexSuffix = ".index.json"
    /// In the order in which transformers looks for them.
    private static let standardNames = [
        "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json",
    ]
    private static let readableSuffixes = [".safetensors", ".bin", ".pt", ".pth"]
    private static let foreignSuffixes = [".h5", ".msgpack", ".gguf", ".onnx", ".ckpt"]
    /// Names that training leaves behind and that hold no weights.
    private static let companions = ["optimizer", "scheduler", "training_args", "rng_state", "scaler", "adapter_model"]

    /// Chooses among the folder's entries.
    init(_ entries: [String], folder: String) throws(CheckpointError) {
        func ends(_ entry: String, _ suffixes: [String]) -> Bool { suffixes.contains { entry.hasSuffix($0) } }
        let candidates = entries.filter { entry in
            ends(entry, Self.readableSuffixes) && !Self.companions.contains { entry.hasPrefix($0) }
        }
        let foreign = entries.filter { ends($0, Self.foreignSuffixes) }
        if let standard = Self.standardNames.first(where: { entries.contains($0) }) {
            file = standard
            unread = entries.filter { entry in
                let isWeights =
                    candidates.contains(entry) || Self.standardNames.contains(entry) || foreign.contains(entry)
                return isWeights && entry != standard && !Self.isShard(entry, of: standard)
            }
            return
        }
        if entries.contains("adapter_config.json") {
            throw CheckpointError(
                .adapterAlone, file: folder, detail: "it holds a LoRA adapter (adapter_config.json) and no whole model")
        }
        if candidates.count > 1 {
            throw CheckpointError(
                .foreignWeights, file: folder,
                detail: "it holds several files that could be the weights, among them \(candidates[0]) and "
                    + "\(candidates[1]), and none of them has the usual name")
        }
        guard let only = candidates.first else {
            if let other = foreign.first {
                throw CheckpointError(.foreignWeights, file: other, detail: "this format of weights is not read")
            }
            throw CheckpointError(.weightsMissing, file: folder, detail: "there are no weights in this folder")
        }
        file = only
        unread = foreign
    }

    /// Whether `entry` is named like a shard of the index `file`: `model-00001-of-00002.safetensors`.
    private static func isShard(_ entry: String, of file: String) -> Bool {
        guard file.hasSuffix(indexSuffix) else { return false }
        let parts = file.dropLast(indexSuffix.count).split(separator: ".")
        return parts.count == 2 && entry.hasPrefix("\(parts[0])-") && entry.hasSuffix(".\(parts[1])")
    }
}

extension ModelFolder {
    /// Opens the weights that the folder has, whole or in shards.
    static func openWeights(
        in directory: Directory, entries: [String]
    ) throws(CheckpointError) -> (checkpoint: Checkpoint, inputs: [Input]) {
        let choice = try WeightsChoice(entries, folder: directory.path)
        if entries.contains("adapter_config.json") {
            throw CheckpointError(
                .adapterBesideWeights, file: directory.path,
                detail:
                    "it holds an adapter (adapter_config.json) beside \(choice.file), and transformers would load both")
        }
        let notes = choice.unread.map {
            "\($0) was not taken for the weights, and other software may load it in place of \(choice.file)"
        }
        guard choice.isIndex else {
            let file = try InputFile(path: choice.file, in: directory)
            let checkpoint = try Checkpoint(file)
            return (checkpoint.noting(notes), [Input(file: file, digest: try file.digest())])
        }
        let (indexInput, bytes) = try smallFile(choice.file, in: directory)
        let index = try ShardIndex(parsing: bytes, file: choice.file)
        var files: [InputFile] = []
        for shard in index.shards { files.append(try InputFile(path: shard, in: directory)) }
        let checkpoint = try Checkpoint(index, files: files, indexFile: choice.file)
        var inputs = [indexInput]
        for file in files { inputs.append(Input(file: file, digest: try file.digest())) }
        let stray = choice.strayShards(entries, index: index)
        return (checkpoint.noting(notes + stray), inputs)
    }
}

extension WeightsChoice {
    /// Files named like shards that the index does not mention.
    fileprivate func strayShards(_ entries: [String], index: ShardIndex) -> [String] {
        entries.filter { Self.isShard($0, of: file) && !index.shards.contains($0) }
            .map { "\($0) is named like a shard and is not in \(file)" }
    }
}
