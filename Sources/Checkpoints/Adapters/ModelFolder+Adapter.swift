import StrictJSON

extension ModelFolder {
    /// Whether the folder at `path` holds a LoRA adapter and no whole model.
    static func holdsAdapterAlone(_ path: String) -> Bool {
        guard let directory = try? Directory(path: path), let entries = try? directory.entries() else { return false }
        guard entries.contains(AdapterConfig.fileName) else { return false }
        do throws(CheckpointError) {
            _ = try WeightsChoice(entries, folder: path)
            return false
        } catch {
            return error.code == .adapterAlone
        }
    }

    /// Opens a suspect and its base, hashing their files at the same time; a suspect that is a LoRA adapter is merged
    /// into the base.
    ///
    /// - Returns: for each folder the model or why it was refused.
    public static func open(
        suspect: String, base: String, threads: Int
    ) -> (suspect: Result<ModelFolder, CheckpointError>, base: Result<ModelFolder, CheckpointError>) {
        guard holdsAdapterAlone(suspect) else {
            let opened = open([suspect, base], threads: threads)
            return (opened[0], opened[1])
        }
        let opened = Result { () throws(CheckpointError) in try ModelFolder(path: base) }
        let merged = opened.flatMap { base in
            Result { () throws(CheckpointError) in try ModelFolder(adapter: suspect, base: base) }
        }
        return (merged, opened)
    }

    /// Opens the adapter in the folder at `path` and merges it into `base`.
    ///
    /// The tokenizer is the adapter's own if it has one, else the base's.
    public convenience init(adapter path: String, base: ModelFolder) throws(CheckpointError) {
        let directory = try Directory(path: path)
        let entries = try directory.entries()
        let (configuration, bytes) = try Self.smallFile(AdapterConfig.fileName, in: directory)
        let config = try AdapterConfig(parsing: bytes)
        guard let file = ["adapter_model.safetensors", "adapter_model.bin"].first(where: { entries.contains($0) })
        else {
            throw CheckpointError(
                .weightsMissing, file: path, detail: "there is neither adapter_model.safetensors nor adapter_model.bin")
        }
        let weights = try InputFile(path: file, in: directory)
        let merged = try Checkpoint(
            merging: try Checkpoint(weights), into: base.checkpoint, config: config, modelType: base.config.modelType)
        try self.init(
            directory: directory, entries: entries, config: try Self.adaptedConfig(base.config, merged),
            checkpoint: merged, inputs: [configuration, Input(file: weights, digest: try weights.digest())],
            tokenizerSource: base)
    }

    /// The base's configuration as that of a classifier with as many labels as the merged head has rows.
    private static func adaptedConfig(
        _ base: ModelConfig, _ merged: Checkpoint
    ) throws(CheckpointError) -> ModelConfig {
        let heads = ["score.weight", "classifier.weight", "classifier.out_proj.weight"]
        let head = heads.lazy.compactMap { merged[$0] }.first
        guard let labels = head?.shape.first, labels <= ConfigReader.maxUnnamedLabels else { return base }
        var json = base.json
        if base.labels.count != labels {
            var names = JSONObject()
            for label in 0..<labels { names["\(label)"] = .string("LABEL_\(label)") }
            json["id2label"] = .object(names)
            json["label2id"] = nil
            if json["num_labels"] != nil { json["num_labels"] = .integer(labels) }
        }
        return try ModelConfig(json: json, file: base.file)
    }
}
