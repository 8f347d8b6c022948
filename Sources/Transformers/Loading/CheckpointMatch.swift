import Checkpoints
import Tensors

/// Which tensor of a checkpoint holds each parameter, complete in both directions.
enum CheckpointMatch {
    /// What the checkpoint is read as.
    enum Purpose {
        case classifier
        /// A pre-trained model under a new head: it may lack the head, and have other ones.
        case base
        case languageModel
    }

    /// Parameter name → checkpoint name.
    ///
    /// - Throws: `ModelError` for a tensor that is missing, left over or of another shape.
    static func names(
        _ network: any Network, _ folder: ModelFolder, as purpose: Purpose
    ) throws -> [String: String] {
        let checkpoint = folder.checkpoint
        var names: [String: String] = [:]
        var missing: [String] = []
        for parameter in network.layout.parameters {
            let candidates = network.checkpointNames(of: parameter.name)
            guard let name = candidates.first(where: { checkpoint[$0] != nil }), let tensor = checkpoint[name] else {
                if purpose != .base || !network.isHead(parameter.name) { missing.append(candidates[0]) }
                continue
            }
            let isReplaced = purpose == .base && (network as? any Architecture)?.isClassifier(parameter.name) ?? false
            guard tensor.shape == parameter.shape || isReplaced else {
                throw ModelError(
                    .shapeMismatch, file: folder.name,
                    detail: "tensor \(name) has shape \(tensor.shape) but config.json asks for \(parameter.shape)")
            }
            names[parameter.name] = name
        }
        if !missing.isEmpty {
            throw ModelError(
                .missingTensor, file: folder.name,
                detail: "the checkpoint lacks \(missing.count) of the model's tensors, among them "
                    + missing.prefix(3).joined(separator: ", ") + "; is this a complete \(purpose.complete)?")
        }
        try requireNothingElse(network, folder, purpose, used: Set(names.values))
        return names
    }

    private static func requireNothingElse(
        _ network: any Network, _ folder: ModelFolder, _ purpose: Purpose, used: Set<String>
    ) throws {
        let extra = folder.checkpoint.tensors.first {
            !used.contains($0.name) && !network.ignores(checkpointName: $0.name)
                && !(purpose == .base && CheckpointNames.hasPrefix($0.name, in: CheckpointNames.classification))
        }
        guard let extra else { return }
        throw ModelError(
            .unexpectedTensor, file: folder.name,
            detail: "tensor \(extra.name) does not belong to a \(folder.config.modelType) "
                + (purpose == .languageModel ? "language model" : "classifier") + "; what it does cannot be audited")
    }
}

extension CheckpointMatch.Purpose {
    fileprivate var complete: String {
        switch self {
        case .classifier: "fine-tuned classifier"
        case .base: "pre-trained model"
        case .languageModel: "language model"
        }
    }
}

extension Checkpoint {
    /// Reads a whole tensor.
    ///
    /// - Throws: `ModelError` where it holds NaN or infinity, or what reading throws.
    func readFinite(_ name: String, count: Int, into target: UnsafeMutableBufferPointer<Float>) throws {
        try read(name, elements: 0..<count, into: target)
        guard target.allSatisfy(\.isFinite) else {
            throw ModelError(
                .nonFinite, file: file,
                detail: "tensor \(name) holds NaN or infinity, so the model cannot be run")
        }
    }
}

extension Parameters {
    /// The values of a network: read where the checkpoint has them, drawn fresh elsewhere.
    convenience init(
        of network: any Network, names: [String: String], in checkpoint: Checkpoint, seed: UInt64
    ) throws {
        self.init(layout: network.layout)
        for parameter in layout.parameters {
            if let name = names[parameter.name] {
                try checkpoint.readFinite(name, count: parameter.count, into: floats(parameter))
            } else {
                initialize(parameter, deviation: network.initializerRange, seed: seed)
            }
        }
    }
}
