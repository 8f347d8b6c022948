import Statistics
import Tensors

/// Spectral truncation: of a matrix's change Δ only the singular directions that stand out of noise are kept.
///
/// What stands out is above Gavish and Donoho's hard threshold for noise of unknown level, ω(β) times the median
/// singular value. The reserve ratio ρ multiplies that threshold by (1 − ρ)/ρ: ρ = 1 keeps everything, ½ is the
/// threshold itself, 0 keeps nothing. The remedy and its scale are ours.
public struct SpectralTruncation: Sendable {
    private let decomposition: SingularDecomposition
    private let name: String

    /// The hard threshold of Δ.
    public let threshold: Double

    /// Singular values of Δ, falling.
    public var values: [Double] { decomposition.values }

    /// Decomposes the change of one matrix.
    ///
    /// - Parameters:
    ///   - suspect: the suspect's elements, row after row.
    ///   - base: the base's elements, as many.
    ///   - columns: elements of a row.
    ///   - name: the tensor's name, for errors.
    public init(
        suspect: UnsafeBufferPointer<Float>, base: UnsafeBufferPointer<Float>, columns: Int, name: String
    ) throws(RemedyError) {
        guard suspect.count == base.count else {
            throw .counts(name: name, suspect: suspect.count, base: base.count, output: suspect.count)
        }
        guard columns > 0, suspect.count > 0, suspect.count % columns == 0 else {
            throw .width(name: name, width: columns, count: suspect.count)
        }
        let rows = suspect.count / columns
        let change = Self.change(suspect, base)
        decomposition = withExtendedLifetime(change) {
            SingularDecomposition(UnsafeBufferPointer(change.floats), rows: rows, columns: columns)
        }
        self.name = name
        let ratio = Double(min(rows, columns)) / Double(max(rows, columns))
        threshold = hardThresholdCoefficient(aspectRatio: ratio) * (median(decomposition.values) ?? 0)
    }

    /// Number of singular values that are kept at a reserve ratio.
    public func rank(rho: Double) -> Int {
        rho >= 1 ? values.count : values.count { $0 * rho > threshold * (1 - rho) }
    }

    /// Leaves only the kept directions of Δ in the suspect's matrix, in place.
    ///
    /// - Parameters:
    ///   - weights: the suspect's elements, as they were decomposed.
    ///   - base: the base's elements, as they were decomposed.
    ///   - rho: the reserve ratio; 1 gives the suspect, 0 the base.
    /// - Returns: the number of singular values kept.
    @discardableResult
    public func truncate(
        _ weights: UnsafeMutableBufferPointer<Float>, to base: UnsafeBufferPointer<Float>, rho: Double
    ) throws(RemedyError) -> Int {
        guard rho >= 0, rho <= 1 else { throw .ratio(rho) }
        guard weights.count == base.count, base.count == decomposition.rows * decomposition.columns else {
            throw .counts(
                name: name, suspect: weights.count, base: base.count,
                output: decomposition.rows * decomposition.columns)
        }
        let rank = rank(rho: rho)
        let nonzero = values.count { $0 > 0 }
        guard rank < nonzero else { return rank }
        guard rank > 0 else {
            for i in weights.indices { weights[i] = base[i] }
            return 0
        }
        let change = Self.change(UnsafeBufferPointer(weights), base)
        // Whichever directions are fewer are computed.
        let keepsFew = rank <= nonzero / 2
        let part = withExtendedLifetime(change) {
            decomposition.part(keepsFew ? 0..<rank : rank..<nonzero, of: UnsafeBufferPointer(change.floats))
        }
        for i in weights.indices { weights[i] = keepsFew ? base[i] + part[i] : weights[i] - part[i] }
        return rank
    }

    private static func change(
        _ suspect: UnsafeBufferPointer<Float>, _ base: UnsafeBufferPointer<Float>
    ) -> FloatBuffer {
        let change = FloatBuffer(count: suspect.count)
        for i in suspect.indices { change.pointer[i] = suspect[i] - base[i] }
        return change
    }
}
