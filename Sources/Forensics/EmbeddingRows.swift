public import Checkpoints
import Statistics
import Tensors

/// What E-PUR needs of every row of two embedding matrices: three sums and whether all elements are finite.
public struct EmbeddingRows: Sendable, Hashable {
    /// One row: δ = suspect − base, b = base.
    public struct Row: Sendable, Hashable {
        /// ‖δ‖².
        public var deltaSquared = 0.0
        /// ⟨δ, b⟩.
        public var deltaDotBase = 0.0
        /// ‖b‖².
        public var baseSquared = 0.0
        /// False when NaN or infinity stands in the suspect's or the base's row; the sums leave such elements out.
        public var isFinite = true

        /// A row of known sums.
        public init(
            deltaSquared: Double = 0, deltaDotBase: Double = 0, baseSquared: Double = 0, isFinite: Bool = true
        ) {
            self.deltaSquared = deltaSquared
            self.deltaDotBase = deltaDotBase
            self.baseSquared = baseSquared
            self.isFinite = isFinite
        }

        /// Adds the sums of further elements of the row.
        mutating func add(_ other: Row) {
            deltaSquared += other.deltaSquared
            deltaDotBase += other.deltaDotBase
            baseSquared += other.baseSquared
            isFinite = isFinite && other.isFinite
        }
    }

    /// Rows that both matrices have, by token id.
    public let rows: [Row]
    /// Rows of the suspect beyond the base's: tokens it added.
    public let added: Int
    /// The suspect's name of the matrix, untrusted text.
    public let tensor: String
    /// Relative rounding error that storing the base in a coarser type may have left in a row.
    public let roundoff: Double
    /// Unit roundoff of the suspect's type if that is coarser than F32, else 0.
    public let quantum: Double

    /// Rows whose sums are already known.
    public init(
        rows: [Row], added: Int = 0, tensor: String = "", roundoff: Double = 0x1p-24, quantum: Double = 0
    ) {
        self.rows = rows
        self.added = added
        self.tensor = tensor
        self.roundoff = roundoff
        self.quantum = quantum
    }

    /// Streams both matrices in fixed blocks; the result does not depend on `threads`.
    ///
    /// - Parameter pair: two matrices of one width, see ``TensorMatching/wordEmbeddings``.
    public init(
        of pair: TensorPair, suspect: Checkpoint, base: Checkpoint, threads: Int = 1
    ) throws(CheckpointError) {
        let requests = [Self.request(for: pair)].compactMap { $0 }
        let sums = try TensorSums.measure(requests, suspect: suspect, base: base, threads: threads)
        self.init(pair, sums.flatMap(\.rows))
    }

    /// What is to be summed of a pair; nil unless it has two matrices of one width that is not 0.
    static func request(for pair: TensorPair) -> TensorSums.Request? {
        let (a, b) = (pair.suspect.shape, pair.base.shape)
        guard a.count == 2, b.count == 2, a[1] == b[1], b[1] > 0 else { return nil }
        // Of one width, the matrix with fewer rows also has fewer elements.
        let shared = min(pair.suspect.elementCount, pair.base.elementCount)
        return TensorSums.Request(suspect: pair.suspect, base: pair.base, elementCount: shared, rowWidth: b[1])
    }

    /// The sums of the rows that both matrices of a pair have.
    init(_ pair: TensorPair, _ rows: [Row]) {
        self.init(
            rows: rows, added: max(0, (pair.suspect.shape.first ?? 0) - rows.count), tensor: pair.suspect.name,
            roundoff: pair.roundoff, quantum: pair.quantum)
    }
}

extension EmbeddingRows.Row {
    init(_ sums: DeltaSums) {
        self.init(
            deltaSquared: sums.deltaSquared, deltaDotBase: sums.deltaDotBase, baseSquared: sums.baseSquared,
            isFinite: sums.nonFiniteInSuspect == 0 && sums.nonFiniteInBase == 0)
    }
}

extension TensorPair {
    /// Unit roundoff of the base's type where the suspect's is finer, since what the suspect was made from may have been
    /// finer too; otherwise that of F32, in which fine-tuning computes.
    var roundoff: Double { suspect.dtype.holds(base.dtype) ? base.dtype.roundoff(beside: suspect.dtype) : 0x1p-24 }

    /// Unit roundoff of the suspect's type where it is coarser than F32, and 0 otherwise: to it the tuned weights were
    /// rounded.
    var quantum: Double { suspect.dtype.roundoff > 0x1p-24 ? suspect.dtype.roundoff : 0 }
}

extension DType {
    /// This type's unit roundoff, or F32's where `other` is the same type.
    fileprivate func roundoff(beside other: DType) -> Double { self == other ? 0x1p-24 : roundoff }
}
