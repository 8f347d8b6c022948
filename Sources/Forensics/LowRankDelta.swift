public import Checkpoints
import Statistics

/// Δ of one tensor that a LoRA adapter changes, in its low-rank form scale·B·A.
public struct LowRankDelta: Sendable, Hashable, Codable {
    /// The base's name of the tensor, untrusted text.
    public let name: String
    /// Columns of B.
    public let rank: Int
    /// α/r, or α/√r with rsLoRA.
    public let scale: Double
    /// Singular values of Δ, falling, as many as the rank; empty where a factor holds NaN or infinity.
    public let singularValues: [Double]

    /// ‖Δ‖₂, from the singular values.
    public var norm: Double { singularValues.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// Directions that carry anything: values above 1e-6 of the largest.
    public var effectiveRank: Int {
        guard let largest = singularValues.first, largest > 0 else { return 0 }
        return singularValues.count { $0 > 1e-6 * largest }
    }

    /// Share of ‖Δ‖² along the leading direction; nil where nothing changes.
    public var leadingShare: Double? {
        guard let largest = singularValues.first, norm > 0 else { return nil }
        return (largest / norm) * (largest / norm)
    }

    /// Analyses one update by two small factorisations; B·A is never formed.
    public init(_ update: LowRankUpdate) {
        name = update.tensor
        rank = update.rank
        scale = Double(update.scale)
        let isFinite = update.up.allSatisfy(\.isFinite) && update.down.allSatisfy(\.isFinite) && update.scale.isFinite
        guard isFinite, update.rank > 0 else {
            singularValues = []
            return
        }
        let values = SingularDecomposition.valuesOfProduct(update.up, update.down, rank: update.rank)
        singularValues = values.map { $0 * abs(Double(update.scale)) }
    }
}
