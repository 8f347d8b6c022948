/// The tensors of an adapter by what PEFT does with them.
struct AdapterTensors {
    /// A and B of one module, by their stored names.
    struct Pair {
        var down: String?
        var up: String?
        var isEmbedding = false
    }

    /// By module, as the adapted model calls it.
    private(set) var pairs: [String: Pair] = [:]
    /// Whole tensors: the adapted model's name of each, and the stored one.
    private(set) var whole: [(name: String, stored: String)] = []

    static let prefix = "base_model.model."
    /// Bytes of a tensor's name; it is matched with every expression of the configuration.
    private static let longestName = 512
    private static let factors: [(suffix: String, isUp: Bool, isEmbedding: Bool)] = [
        (".lora_A.weight", false, false), (".lora_B.weight", true, false), (".lora_embedding_A", false, true),
        (".lora_embedding_B", true, true),
    ]

    /// Sorts out the tensors of `adapter`, each of which must belong somewhere.
    init(_ adapter: Checkpoint, config: AdapterConfig) throws(CheckpointError) {
        if let unread = adapter.unsupported.first {
            throw CheckpointError(
                .unsupportedType, file: adapter.file,
                detail: "tensor \(CheckpointError.quote(unread.name)) has the type "
                    + "\(CheckpointError.quote(unread.dtype)), which is not supported")
        }
        var others: [(name: String, stored: String)] = []
        for tensor in adapter.tensors {
            guard tensor.name.hasPrefix(Self.prefix), tensor.name.utf8.count <= Self.longestName else {
                throw Self.unknown(tensor.name, adapter)
            }
            let name = String(tensor.name.dropFirst(Self.prefix.count))
            guard !name.hasSuffix(".lora_magnitude_vector"), !name.hasSuffix(".lora_magnitude_vector.weight") else {
                throw CheckpointError(.adapterUnsupported, file: adapter.file, detail: "it holds DoRA's magnitudes")
            }
            if let factor = Self.factors.first(where: { name.hasSuffix($0.suffix) }) {
                let module = String(name.dropLast(factor.suffix.count))
                var pair = pairs[module] ?? Pair(isEmbedding: factor.isEmbedding)
                guard pair.isEmbedding == factor.isEmbedding else { throw Self.unknown(tensor.name, adapter) }
                if factor.isUp { pair.up = tensor.name } else { pair.down = tensor.name }
                pairs[module] = pair
            } else {
                others.append((name, tensor.name))
            }
        }
        let names = Set(others.map { Array($0.name.utf8) })
        for (name, stored) in others {
            // Copies that PEFT keeps beside a module stored whole: the base's own, and the same one under a longer name.
            if name.contains(".original_module.") { continue }
            let plain = name.replacing(".modules_to_save.", with: ".").replacing(".base_layer.", with: ".")
            if plain != name, name.contains(".modules_to_save."), names.contains(Array(plain.utf8)) {
                try Self.checkCopy(stored, of: Self.prefix + plain, in: adapter)
                continue
            }
            guard isExpected(plain, config) else { throw Self.unknown(stored, adapter) }
            whole.append((plain, stored))
        }
    }

    /// Whether PEFT stores this tensor whole: of a module in modules_to_save, a bias where asked for, or a word embedding.
    private func isExpected(_ name: String, _ config: AdapterConfig) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        let module = String(name[..<dot])
        if config.isSaved(module) || TensorName(name).isWordEmbedding || name == "lm_head.weight" { return true }
        guard name[dot...] == ".bias" else { return false }
        switch config.bias {
        case .none: return false
        case .all: return true
        case .loraOnly: return pairs[module] != nil
        }
    }

    private static func checkCopy(_ copy: String, of name: String, in adapter: Checkpoint) throws(CheckpointError) {
        guard adapter[copy]?.shape == adapter[name]?.shape, try adapter.floats(copy) == adapter.floats(name) else {
            throw unknown(copy, adapter)
        }
    }

    private static func unknown(_ name: String, _ adapter: Checkpoint) -> CheckpointError {
        CheckpointError(
            .adapterUnknownTensor, file: adapter.file,
            detail: "tensor \(CheckpointError.quote(name)) belongs to nothing that the adapter's configuration names")
    }
}
