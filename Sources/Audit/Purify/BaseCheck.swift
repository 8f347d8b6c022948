import Checkpoints
import Files
import Findings
import Forensics

/// Refuses a base that the suspect was not fine-tuned from, before anything is trained.
enum BaseCheck {
    /// Median cosine of the tensors below which the two have nothing to do with each other: weights of models that
    /// were trained apart are nearly orthogonal. The audit's gate is stricter and only withholds its verdict.
    private static let leastCosine = 0.5
    /// Tensors that an error names.
    private static let named = 8

    /// Opens both models.
    ///
    /// - Throws: `AuditError` with the tensors that differ where the two networks do not belong together.
    static func open(suspect: String, base: String, threads: Int) throws -> ModelPair {
        do {
            return try ModelPair(suspect: suspect, base: base, threads: threads)
        } catch is ForensicsError {
            let folders = ModelFolder.open(suspect: suspect, base: base, threads: threads)
            let matching = TensorMatching(
                suspect: try folders.suspect.get().checkpoint, base: try folders.base.get().checkpoint)
            throw refusal(base, suspect, unpaired(matching.unpaired.map(UnmatchedTensor.init)))
        }
    }

    /// Checks names, shapes and directions of the weights.
    ///
    /// - Throws: `AuditError` with the tensors that differ, or that hold NaN or infinity.
    static func check(_ pair: ModelPair, _ weights: WeightComparison) throws(AuditError) {
        guard weights.nonFinite.isEmpty else {
            throw AuditError(
                "\(pair.suspect.path): NaN or infinity in " + list(weights.nonFinite) + "; such a model cannot be run")
        }
        let differing = unpaired(weights.unmatched)
        guard differing.isEmpty else { throw refusal(pair.base.path, pair.suspect.path, differing) }
        guard (weights.medianCosine ?? 0) < leastCosine else { return }
        let turned = weights.tensors.filter { $0.shape.count > 1 && ($0.cosine ?? 0) < leastCosine }
            .sorted { ($0.cosine ?? 0, $0.name) < ($1.cosine ?? 0, $1.name) }
        throw refusal(
            pair.base.path, pair.suspect.path,
            turned.map { "\($0.name) (cosine \((($0.cosine ?? 0) * 1_000).rounded() / 1_000))" })
    }

    /// Checks that the base can be mixed with and learnt from.
    ///
    /// - Throws: `AuditError` with its tensors that hold NaN or infinity.
    static func requireFinite(_ pair: ModelPair, _ stage: WeightStage) throws(AuditError) {
        guard !stage.nonFiniteInBase.isEmpty else { return }
        throw AuditError(
            "\(pair.base.path): NaN or infinity in " + list(stage.nonFiniteInBase) + "; give a sound copy of the base")
    }

    private static func refusal(_ base: String, _ suspect: String, _ tensors: [String]) -> AuditError {
        AuditError(
            "\(base): this is not the model that \(suspect) was fine-tuned from, for \(tensors.count) tensors differ: "
                + list(tensors) + "; give the one that it was")
    }

    /// Tensors without a counterpart, what a fine-tune is expected to add or drop left out.
    private static func unpaired(_ tensors: [UnmatchedTensor]) -> [String] {
        tensors.filter { !$0.expected }.map { tensor in
            switch tensor.reason {
            case .onlyInSuspect: "\(tensor.name) (not in the base)"
            case .onlyInBase: "\(tensor.name) (not in the suspect)"
            case .shape: "\(tensor.name) (\(tensor.suspectShape ?? []) against \(tensor.baseShape ?? []))"
            case .dtype: "\(tensor.name) (of a type that is not read)"
            }
        }
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(named).joined(separator: ", ") + (names.count > named ? " and \(names.count - named) more" : "")
    }
}

extension UnmatchedTensor {
    fileprivate init(_ tensor: UnpairedTensor) {
        self.init(
            name: tensor.name, reason: .init(tensor.reason), suspectShape: tensor.suspectShape,
            baseShape: tensor.baseShape, expected: tensor.expected)
    }
}
