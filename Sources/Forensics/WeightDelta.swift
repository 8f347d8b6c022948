public import Checkpoints
import Statistics
import Tensors

/// Statistics of Δ = suspect − base for one tensor.
public struct TensorChange: Sendable, Hashable, Codable {
    /// The suspect's name of the tensor, untrusted text.
    public let name: String
    /// Sizes of the dimensions in both models.
    public let shape: [Int]
    /// Layer counted from 0; nil outside the numbered layers.
    public let layer: Int?
    /// What the tensor does, layer number removed: `attention.self.query.weight`.
    public let kind: String
    /// ‖Δ‖₂ over the elements that are finite in both models, as are all that follow.
    public let norm: Double
    /// ‖Δ‖₂ / ‖base‖₂; nil when the base's tensor is zero.
    public let relativeNorm: Double?
    /// Cosine between suspect and base; nil when either is zero.
    public let cosine: Double?
    /// Largest |Δ|.
    public let maxAbsolute: Double
    /// Share of elements that differ by more than rounding to the coarser of both types; 0 for an empty tensor.
    public let shareChanged: Double
    /// Robust z of the relative norm among the tensors of its kind; nil with fewer than four of them.
    public internal(set) var robustZ: Double?
    /// NaN and infinities in the suspect.
    public let nonFiniteInSuspect: Int
    /// NaN and infinities in the base.
    public let nonFiniteInBase: Int

    init(_ pair: TensorPair, _ sums: DeltaSums) {
        name = pair.suspect.name
        shape = pair.suspect.shape
        layer = pair.name.layer
        kind = pair.name.kind
        norm = sums.deltaSquared.squareRoot()
        relativeNorm = sums.baseSquared > 0 ? norm / sums.baseSquared.squareRoot() : nil
        let lengths = sums.suspectSquared.squareRoot() * sums.baseSquared.squareRoot()
        cosine = lengths > 0 ? min(1, max(-1, (sums.deltaDotBase + sums.baseSquared) / lengths)) : nil
        maxAbsolute = sums.maxAbsolute
        let count = pair.suspect.elementCount
        shareChanged = count > 0 ? Double(sums.changed) / Double(count) : 0
        nonFiniteInSuspect = sums.nonFiniteInSuspect
        nonFiniteInBase = sums.nonFiniteInBase
    }
}

/// The length of one tensor as a vector, which no number in it exceeds.
public struct TensorNorm: Sendable, Hashable, Codable {
    /// The suspect's name of the tensor, untrusted text.
    public let name: String
    /// ‖s‖₂ over the elements that are finite.
    public let norm: Double
}

/// What changed between the base's weights and the suspect's, tensor by tensor.
public struct WeightDelta: Sendable, Hashable, Codable {
    /// Every compared tensor, in the suspect's order.
    public let tensors: [TensorChange]
    /// Names of the suspect's tensors that hold NaN or infinity, compared or not.
    public let nonFinite: [String]
    /// Names of the base's tensors that hold NaN or infinity, among those compared.
    public let nonFiniteInBase: [String]
    /// ‖s‖₂ of every tensor of real numbers that the suspect has, compared or not: no number in it is larger.
    public let norms: [TensorNorm]
    /// Median over compared matrices of the cosine between suspect and base; nil without matrices.
    public let medianCosine: Double?
    /// Share of compared elements that differ.
    public let shareChanged: Double

    /// Compares the matched tensors, streaming both files in fixed blocks, and looks for non-finite values elsewhere.
    ///
    /// The result does not depend on `threads`.
    public init(
        of matching: TensorMatching, suspect: Checkpoint, base: Checkpoint, threads: Int = 1
    ) throws(CheckpointError) {
        self = try Self.measure(matching, suspect: suspect, base: base, threads: threads).delta
    }

    /// Compares the weights and, in the same pass over both files, sums the rows of the word embeddings.
    ///
    /// - Returns: the comparison, and the rows if the two models have word embeddings of one width. Neither depends on
    ///   `threads`.
    public static func measure(
        _ matching: TensorMatching, suspect: Checkpoint, base: Checkpoint, threads: Int = 1
    ) throws(CheckpointError) -> (delta: WeightDelta, rows: EmbeddingRows?) {
        let compared = Set(matching.pairs.map { Array($0.suspect.name.utf8) })
        let others = suspect.tensors.filter { $0.dtype.isFloatingPoint && !compared.contains(Array($0.name.utf8)) }
        var requests = matching.pairs.map {
            TensorSums.Request(suspect: $0.suspect, base: $0.base, elementCount: $0.suspect.elementCount)
        }
        requests += others.map { TensorSums.Request(suspect: $0, base: nil, elementCount: $0.elementCount) }
        var rows: (request: Int, pair: TensorPair)?
        if let pair = matching.wordEmbeddings, let request = EmbeddingRows.request(for: pair) {
            if let index = matching.pairs.firstIndex(of: pair) {
                requests[index] = request
                rows = (index, pair)
            } else {
                rows = (requests.count, pair)
                requests.append(request)
            }
        }
        let updated = Set(suspect.lowRankUpdates.map { Array($0.tensor.utf8) })
        for index in requests.indices where updated.contains(Array(requests[index].suspect.name.utf8)) {
            requests[index].isExact = true
        }
        let sums = try TensorSums.measure(requests, suspect: suspect, base: base, threads: threads)
        let totals = sums.map(\.total)
        let delta = WeightDelta(
            matching.pairs, totals.prefix(matching.pairs.count),
            others: zip(others, totals.dropFirst(matching.pairs.count)).map { ($0.name, $1) })
        return (delta, rows.map { EmbeddingRows($0.pair, sums[$0.request].rows) })
    }

    /// - Parameters:
    ///   - sums: of each pair.
    ///   - others: names and sums of the suspect's tensors that are not compared.
    private init(
        _ pairs: [TensorPair], _ sums: ArraySlice<DeltaSums>, others: [(name: String, sums: DeltaSums)]
    ) {
        var changes = zip(pairs, sums).map { TensorChange($0, $1) }
        Self.rate(&changes)
        let broken = others.filter { $0.sums.nonFiniteInSuspect > 0 }.map(\.name)
        nonFinite = (changes.filter { $0.nonFiniteInSuspect > 0 }.map(\.name) + broken).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        nonFiniteInBase = changes.filter { $0.nonFiniteInBase > 0 }.map(\.name)
        norms =
            zip(changes, sums).map { TensorNorm(name: $0.name, norm: $1.suspectSquared.squareRoot()) }
            + others.map { TensorNorm(name: $0.name, norm: $0.sums.suspectSquared.squareRoot()) }
        medianCosine = median(changes.filter { $0.shape.count > 1 }.compactMap(\.cosine))
        let (changed, total) = zip(pairs, sums).reduce((0.0, 0.0)) {
            ($0.0 + Double($1.1.changed), $0.1 + Double($1.0.suspect.elementCount))
        }
        shareChanged = total > 0 ? changed / total : 0
        tensors = changes
    }

    /// Gives every change its robust z among the relative norms of its kind.
    static func rate(_ changes: inout [TensorChange]) {
        var norms: [[UInt8]: [Double]] = [:]
        for change in changes {
            if let norm = change.relativeNorm { norms[Array(change.kind.utf8), default: []].append(norm) }
        }
        let scales = norms.compactMapValues { $0.count >= 4 ? RobustScale($0) : nil }
        for index in changes.indices {
            changes[index].robustZ = changes[index].relativeNorm.flatMap {
                scales[Array(changes[index].kind.utf8)]?.z($0)
            }
        }
    }
}
