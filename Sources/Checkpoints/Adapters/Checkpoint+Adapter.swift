import Tensors

extension Checkpoint {
    /// The base with an adapter merged into it, W + scale·B·A, as PEFT's merge_and_unload would make it.
    ///
    /// - Parameters:
    ///   - adapter: the adapter's tensors under PEFT's names.
    ///   - modelType: the base's, which tells how it stores its layers.
    convenience init(
        merging adapter: Checkpoint, into base: Checkpoint, config: AdapterConfig, modelType: String
    ) throws(CheckpointError) {
        var merge = AdapterMerge(base: base, adapter: adapter, config: config, modelType: modelType)
        let tensors = try AdapterTensors(adapter, config: config)
        for (name, stored) in tensors.whole { try merge.replace(name, by: stored) }
        for (module, pair) in tensors.pairs.sorted(by: { $0.key.bytesPrecede($1.key) }) {
            try merge.update(module, by: pair)
        }
        self.init(
            file: adapter.file, sources: Array(merge.sources.values), unsupported: base.unsupported,
            mappings: base.parts.mappings + adapter.parts.mappings, notes: adapter.notes,
            lowRankUpdates: merge.updates)
    }
}

/// A merge of an adapter under way.
private struct AdapterMerge {
    let base: Checkpoint
    let adapter: Checkpoint
    let config: AdapterConfig
    /// Whether layers are stored as inputs × outputs (`Conv1D`).
    let storesTransposed: Bool
    /// The merged model by stored name.
    var sources: [[UInt8]: any TensorSource]
    /// The base's stored name by the form that models share.
    private let names: [TensorName: String]
    /// What the adapter changed, by kind: a second tensor for it would hide behind the first from software that takes one.
    private var replaced: Set<[UInt8]> = []
    private var adapted: Set<[UInt8]> = []
    private(set) var updates: [LowRankUpdate] = []

    init(base: Checkpoint, adapter: Checkpoint, config: AdapterConfig, modelType: String) {
        (self.base, self.adapter, self.config) = (base, adapter, config)
        storesTransposed = ["gpt2", "openai-gpt"].contains(modelType)
        sources = Dictionary(
            base.parts.sources.map { (Array($0.tensor.name.utf8), $0) }, uniquingKeysWith: { first, _ in first })
        names = Dictionary(
            base.tensors.map { (TensorName($0.name), $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// Puts a whole tensor in the place of the base's, or adds it where it is a head's.
    mutating func replace(_ name: String, by stored: String) throws(CheckpointError) {
        let source = try adapter.source(stored, elements: 0..<0)
        let known = baseName(of: name)
        if let known, let tensor = base[known], tensor.shape != source.tensor.shape {
            let isResizedEmbedding =
                TensorName(name).isWordEmbedding && tensor.shape.count == 2
                && tensor.shape.dropFirst() == source.tensor.shape.dropFirst()
            guard isResizedEmbedding || isSavedHead(name) else {
                throw shape(stored, "\(source.tensor.shape)", "\(tensor.shape) in the base")
            }
        }
        guard known != nil || isSavedHead(name) else {
            throw CheckpointError(
                .adapterUnknownTensor, file: adapter.file,
                detail: "tensor \(CheckpointError.quote(stored)) replaces one that the base does not have")
        }
        let place = known ?? name
        guard replaced.insert(Array(place.utf8)).inserted else { throw twice(place) }
        sources[Array(place.utf8)] = RenamedTensor(source, name: place)
    }

    /// Adds scale·B·A to a module's weight.
    mutating func update(_ module: String, by pair: AdapterTensors.Pair) throws(CheckpointError) {
        let quoted = CheckpointError.quote(module)
        guard let down = pair.down, let up = pair.up, let a = adapter[down], let b = adapter[up] else {
            throw CheckpointError(
                .adapterTargets, file: adapter.file, detail: "module \(quoted) has only one of lora_A and lora_B")
        }
        guard config.targets(module) else {
            throw CheckpointError(
                .adapterTargets, file: AdapterConfig.fileName,
                detail: "it does not target module \(quoted), for which the adapter has weights")
        }
        guard let name = baseName(of: module + ".weight"), let weight = sources[Array(name.utf8)] else {
            throw CheckpointError(
                .adapterUnknownTensor, file: adapter.file, detail: "the base has no module \(quoted)")
        }
        guard adapted.insert(Array(name.utf8)).inserted else { throw twice(name) }
        guard pair.isEmbedding == TensorName(name).isEmbeddingTable else {
            throw CheckpointError(
                .adapterTargets, file: adapter.file,
                detail: "module \(quoted) has an embedding's factors or is an embedding, and not both")
        }
        let rank = Int(config.rank(of: module))
        guard a.shape.count == 2, b.shape.count == 2, a.shape[0] == rank, b.shape[1] == rank else {
            throw shape(down, "\(a.shape) beside \(b.shape)", "of rank \(rank)")
        }
        guard a.dtype.isFloatingPoint, b.dtype.isFloatingPoint, weight.tensor.dtype.isFloatingPoint else {
            throw shape(down, a.dtype.rawValue, "a type of real numbers, as must the base's \(quoted)")
        }
        guard rank <= min(a.shape[1], b.shape[0]) else {
            throw shape(down, "of rank \(rank)", "at most of its module's, \(min(a.shape[1], b.shape[0]))")
        }
        let update = LowRankUpdate(
            tensor: name, rank: rank, scale: config.scale(of: module), outputs: b.shape[0], inputs: a.shape[1],
            down: try adapter.floats(down), up: try adapter.floats(up),
            isTransposed: pair.isEmbedding || storesTransposed)
        guard let merged = MergedTensor(update, base: weight) else {
            throw shape(down, "\(b.shape[0]) × \(a.shape[1]) with lora_B", "\(weight.tensor.shape) in the base")
        }
        sources[Array(name.utf8)] = merged
        updates.append(update)
    }

    /// The base's name of one of the adapted model's tensors.
    private func baseName(of name: String) -> String? { base[name]?.name ?? names[TensorName(name)] }

    /// Whether a tensor is of a module that is stored whole because it is new: a head.
    private func isSavedHead(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return config.isSaved(String(name[..<dot]))
    }

    private func twice(_ name: String) -> CheckpointError {
        CheckpointError(
            .adapterUnknownTensor, file: adapter.file,
            detail: "it changes the base's \(CheckpointError.quote(name)) twice, under two names")
    }

    private func shape(_ name: String, _ found: String, _ expected: String) -> CheckpointError {
        CheckpointError(
            .adapterShape, file: adapter.file,
            detail: "tensor \(CheckpointError.quote(name)) is \(found), and it should be \(expected)")
    }
}
