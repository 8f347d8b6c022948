public import Checkpoints
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
    }

    /// Rows that both matrices have, by token id.
    public let rows: [Row]
    /// Rows of the suspect beyond the base's: tokens it added.
    public let added: Int
    /// The suspect's name of the matrix, untrusted text.
    public let tensor: String
    /// Relative rounding error that storing the two matrices in different types may have left in a row.
    public let roundoff: Double

    /// Rows whose sums are already known.
    public init(rows: [Row], added: Int = 0, tensor: String = "", roundoff: Double = 0x1p-24) {
        self.rows = rows
        self.added = added
        self.tensor = tensor
        self.roundoff = roundoff
    }

    /// Streams both matrices in blocks of whole rows; the result does not depend on `threads`.
    ///
    /// - Parameter pair: two matrices of one width, see ``TensorMatching/wordEmbeddings``.
    public init(
        of pair: TensorPair, suspect: Checkpoint, base: Checkpoint, threads: Int = 1
    ) throws(CheckpointError) {
        let shape = (suspect: pair.suspect.shape, base: pair.base.shape)
        guard shape.suspect.count == 2, shape.base.count == 2, shape.suspect[1] == shape.base[1], shape.base[1] > 0
        else {
            self.init(rows: [], tensor: pair.suspect.name)
            return
        }
        let width = shape.base[1]
        let shared = min(shape.suspect[0], shape.base[0])
        let rowsPerBlock = max(1, BlockSchedule.blockElements / width)
        let blocks = (shared + rowsPerBlock - 1) / rowsPerBlock
        let parts = try BlockSchedule.run(
            count: blocks, threads: threads, scratch: rowsPerBlock * width, placeholder: [Row]()
        ) { block, scratch throws(CheckpointError) in
            let rows = block * rowsPerBlock..<min((block + 1) * rowsPerBlock, shared)
            let elements = rows.lowerBound * width..<rows.upperBound * width
            try suspect.read(pair.suspect.name, elements: elements, into: scratch.suspect)
            try base.read(pair.base.name, elements: elements, into: scratch.base)
            return (0..<rows.count).map { row in
                let range = row * width..<(row + 1) * width
                return Row(
                    DeltaSums(
                        UnsafeBufferPointer(rebasing: scratch.suspect[range]),
                        UnsafeBufferPointer(rebasing: scratch.base[range])))
            }
        }
        self.init(
            rows: parts.flatMap { $0 }, added: max(0, shape.suspect[0] - shared), tensor: pair.suspect.name,
            roundoff: pair.roundoff)
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
    /// Unit roundoff of the coarser type when the two differ; otherwise that of F32, in which fine-tuning computes.
    var roundoff: Double {
        suspect.dtype == base.dtype ? 0x1p-24 : max(suspect.dtype.roundoff, base.dtype.roundoff)
    }
}

extension DType {
    /// Half of the relative distance between neighbouring numbers, as far as elements are read as F32.
    fileprivate var roundoff: Double {
        switch self {
        case .f16: 0x1p-11
        case .bf16: 0x1p-8
        default: 0x1p-24
        }
    }
}
