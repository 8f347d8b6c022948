public import Checkpoints
public import Kernels
internal import Tensors

/// Which weights get low-rank adapters, and how large these are.
public struct LowRankSettings: Sendable, Equatable {
    /// Columns of B and rows of A.
    public var rank = 16
    /// α: the adapters' products are multiplied with α/rank.
    public var alpha = 32.0
    /// Names of linear maps, such as "q_proj" or "c_attn"; empty for every one inside the layers.
    public var targets: [String] = []

    public init(rank: Int = 16, alpha: Double = 32, targets: [String] = []) {
        self.rank = rank
        self.alpha = alpha
        self.targets = targets
    }
}

extension LanguageModel {
    /// Fresh adapters for this model, which change nothing yet.
    ///
    /// - Parameter seed: of the drawn values.
    /// - Throws: `ModelError` where a target is not one of the layers' linear maps, or the rank is larger than a map.
    public func adapters(_ settings: LowRankSettings, seed: UInt64) throws(ModelError) -> LowRankAdapters {
        let matrices = causal.layout.parameters.filter { $0.shape.count == 2 && $0.isInsideLayer }
        let known = Set(matrices.map(\.mapName))
        for target in settings.targets where !known.contains(target) {
            throw ModelError(
                .unsupportedOption, file: "adapter",
                detail: "the model's layers have no linear map \"\(target)\"; name some of "
                    + known.sorted().joined(separator: ", "))
        }
        let chosen = matrices.filter { settings.targets.isEmpty || settings.targets.contains($0.mapName) }
        let largest = chosen.map { min($0.rows, $0.columns) }.min() ?? 0
        guard (1...max(1, largest)).contains(settings.rank) else {
            throw ModelError(
                .unsupportedOption, file: "adapter",
                detail: "the rank is \(settings.rank); it must be from 1 to \(largest), the smallest map's size")
        }
        return LowRankAdapters(
            chosen.map { ($0, causal.storesInputsFirst($0)) }, rank: settings.rank, alpha: settings.alpha, seed: seed)
    }

    /// What adapters add to this model's tensors, under the names that transformers gives them.
    public func updates(of adapters: LowRankAdapters) -> [LowRankUpdate] {
        adapters.pairs.map { pair in
            LowRankUpdate(
                tensor: causal.checkpointNames(of: pair.weight.name).first ?? pair.weight.name, rank: adapters.rank,
                scale: adapters.scale, outputs: pair.up.rows, inputs: pair.down.columns,
                down: Array(adapters.parameters.floats(pair.down)), up: Array(adapters.parameters.floats(pair.up)),
                isTransposed: pair.inputsFirst)
        }
    }
}

extension Parameter {
    /// Whether the name has a layer's number between dots.
    fileprivate var isInsideLayer: Bool { name.split(separator: ".").contains { Int($0) != nil } }

    /// "q_proj" of "layers.0.self_attn.q_proj.weight".
    fileprivate var mapName: String { name.split(separator: ".").dropLast().last.map(String.init) ?? "" }
}
