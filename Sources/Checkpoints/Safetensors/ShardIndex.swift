import StrictJSON

/// Which file holds which tensor, by a `*.index.json`.
struct ShardIndex: Sendable {
    /// Most shards that are opened; each takes one of the guarded mappings.
    static let maxShards = 400

    /// Names of the shards, each once, in the order of their first mention.
    let shards: [String]
    /// For each of `shards` the tensors that it must hold.
    let tensors: [[String]]

    /// Parses and checks the file's content.
    init(parsing bytes: [UInt8], file: String) throws(CheckpointError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw CheckpointError(.indexMalformed, file: file, detail: "it is not acceptable JSON (\(error))")
        }
        guard let map = json.objectValue?["weight_map"]?.objectValue, map.count > 0 else {
            throw CheckpointError(.indexMalformed, file: file, detail: "it has no weight_map from tensors to files")
        }
        guard map.count <= SafetensorsHeader.maxTensors else {
            throw CheckpointError(
                .tooManyTensors, file: file,
                detail: "it names \(map.count) tensors, and at most \(SafetensorsHeader.maxTensors) are accepted")
        }
        var shards: [String] = []
        var tensors: [[String]] = []
        var positions: [[UInt8]: Int] = [:]
        for member in map.members {
            guard let shard = member.value.stringValue else {
                throw CheckpointError(
                    .indexMalformed, file: file,
                    detail: "the file of tensor \(CheckpointError.quote(member.key)) is not a text")
            }
            let position = positions[Array(shard.utf8)] ?? shards.count
            if position == shards.count {
                try ModelFolder.checkPlain(shard)
                positions[Array(shard.utf8)] = position
                shards.append(shard)
                tensors.append([])
            }
            tensors[position].append(member.key)
        }
        guard shards.count <= Self.maxShards else {
            throw CheckpointError(
                .tooManyShards, file: file,
                detail: "it names \(shards.count) files, and at most \(Self.maxShards) are opened")
        }
        self.shards = shards
        self.tensors = tensors
    }
}

extension Checkpoint {
    /// Joins the shards that `index` names; every tensor must be in the shard that it names and in no other one.
    ///
    /// Tensors that the index does not name are read as well, since other software reads them, and noted.
    convenience init(_ index: ShardIndex, files: [InputFile], indexFile: String) throws(CheckpointError) {
        var sources: [any TensorSource] = []
        var unsupported: [UnsupportedTensor] = []
        var mappings: [GuardedMapping] = []
        var notes: [String] = []
        var seen: [String: String] = [:]
        var orphans: [String] = []
        for (file, expected) in zip(files, index.tensors) {
            let weights = try WeightsFile(file)
            let names = weights.sources.map(\.tensor.name) + weights.unsupported.map(\.name)
            for name in names {
                if let other = seen.updateValue(file.path, forKey: name) {
                    throw CheckpointError(
                        .tensorInTwoShards, file: file.path,
                        detail: "tensor \(CheckpointError.quote(name)) is in \(other) too")
                }
            }
            let held = Set(names.map { Array($0.utf8) })
            let wanted = Set(expected.map { Array($0.utf8) })
            if let missing = expected.first(where: { !held.contains(Array($0.utf8)) }) {
                throw CheckpointError(
                    .shardLacksTensor, file: file.path,
                    detail: "tensor \(CheckpointError.quote(missing)) is not in it, although the index says so")
            }
            orphans += names.filter { !wanted.contains(Array($0.utf8)) }
            sources += weights.sources
            unsupported += weights.unsupported
            mappings.append(weights.mapping)
            notes += weights.notes.map { "\(file.path): \($0)" }
        }
        if let first = orphans.first {
            notes.append(
                "\(orphans.count) tensors in shards are not in \(indexFile), among them \(CheckpointError.quote(first))"
            )
        }
        self.init(
            file: indexFile, sources: sources, unsupported: unsupported, mappings: mappings, notes: notes)
    }
}
