public import Checkpoints
import Tensors

/// A tensor of the suspect and the base's tensor of the same name.
public struct TensorPair: Sendable, Hashable {
    /// The suspect's tensor.
    public let suspect: TensorDescription
    /// The base's tensor.
    public let base: TensorDescription
    /// The form of the name that both share.
    public let name: TensorName
}

extension TensorPair {
    /// Whether a fine-tune may change this tensor's shape: a head for other labels, or word embeddings with more or
    /// fewer rows, of which those that both have are scored.
    var mayDifferInShape: Bool { name.isExpectedToChangeShape || isResizedVocabulary }

    /// Whether these are word embeddings of one width with different numbers of rows.
    var isResizedVocabulary: Bool {
        name.isWordEmbedding && suspect.shape.count == 2 && base.shape.count == 2 && suspect.shape[1] == base.shape[1]
            && suspect.shape[0] != base.shape[0]
    }
}

/// A tensor that could not be compared.
public struct UnpairedTensor: Sendable, Hashable, Codable {
    /// Why.
    public enum Reason: String, Sendable, Codable {
        case onlyInSuspect, onlyInBase
        /// Both models have it, in different shapes.
        case shape
        /// Its elements are not real numbers, or of a type that is not read.
        case dtype
    }

    /// The stored name, untrusted text.
    public let name: String
    /// Why it was not compared.
    public let reason: Reason
    /// Shape in the suspect; nil where it lacks the tensor.
    public let suspectShape: [Int]?
    /// Shape in the base; nil where it lacks the tensor.
    public let baseShape: [Int]?
    /// True for what a fine-tune is expected to add, drop or reshape: heads, a pooler, position numbers.
    public let expected: Bool
}

/// Which tensors of two checkpoints belong together.
public struct TensorMatching: Sendable {
    /// Tensors of one shape in both models, real numbers, in the suspect's order.
    public let pairs: [TensorPair]
    /// Tensors of one name and different shapes, in the suspect's order.
    public let reshaped: [TensorPair]
    /// Everything that was not compared, the suspect's first.
    public let unpaired: [UnpairedTensor]

    /// Matches two checkpoints by name.
    public init(suspect: Checkpoint, base: Checkpoint) {
        self.init(
            suspect: suspect.tensors, base: base.tensors, unsupportedInSuspect: suspect.unsupported,
            unsupportedInBase: base.unsupported)
    }

    /// Matches two lists of tensors by name: equal stored names first, then equal shared forms.
    ///
    /// Of several tensors with one shared form, such as `x` and `bert.x`, all but one stay unmatched; a second one is
    /// never expected.
    public init(
        suspect: [TensorDescription], base: [TensorDescription], unsupportedInSuspect: [UnsupportedTensor] = [],
        unsupportedInBase: [UnsupportedTensor] = []
    ) {
        let ours = suspect.map(Stored.init) + unsupportedInSuspect.map(Stored.init)
        let theirs = base.map(Stored.init) + unsupportedInBase.map(Stored.init)
        var pairs: [TensorPair] = []
        var reshaped: [TensorPair] = []
        var unpaired: [UnpairedTensor] = []
        var taken = Set<Int>()
        var seen = Set<TensorName>()
        for (stored, partner) in zip(ours, Self.partners(of: ours, among: theirs)) {
            let isFirst = seen.insert(stored.name).inserted
            guard let partner else {
                let expected = isFirst && stored.name.isExpectedInSuspectAlone
                unpaired.append(UnpairedTensor(.onlyInSuspect, stored, nil, expected: expected))
                continue
            }
            taken.insert(partner)
            let other = theirs[partner]
            guard let a = stored.weights, let b = other.weights else {
                unpaired.append(UnpairedTensor(.dtype, stored, other, expected: stored.name.isPositionBuffer))
                continue
            }
            let pair = TensorPair(suspect: a, base: b, name: stored.name)
            if a.shape == b.shape {
                pairs.append(pair)
            } else {
                reshaped.append(pair)
                unpaired.append(UnpairedTensor(.shape, stored, other, expected: pair.mayDifferInShape))
            }
        }
        for (index, stored) in theirs.enumerated() where !taken.contains(index) {
            unpaired.append(UnpairedTensor(.onlyInBase, nil, stored, expected: stored.name.isExpectedInBaseAlone))
        }
        self.pairs = pairs
        self.reshaped = reshaped
        self.unpaired = unpaired
    }

    /// For each of the suspect's tensors the index of its partner among the base's, no partner twice.
    private static func partners(of suspect: [Stored], among base: [Stored]) -> [Int?] {
        var exact: [[UInt8]: Int] = [:]
        for (index, stored) in base.enumerated() { exact[Array(stored.key.utf8)] = index }
        var partners = suspect.map { exact[Array($0.key.utf8)] }
        var taken = Set(partners.compactMap { $0 })
        var shared: [TensorName: Int] = [:]
        for (index, stored) in base.enumerated().reversed() where !taken.contains(index) {
            shared[stored.name] = index
        }
        for index in suspect.indices where partners[index] == nil {
            guard let partner = shared[suspect[index].name], taken.insert(partner).inserted else { continue }
            partners[index] = partner
        }
        return partners
    }
}

/// A tensor of a checkpoint, readable or not.
private struct Stored {
    let key: String
    let name: TensorName
    let shape: [Int]
    /// The tensor when its elements are real numbers.
    let weights: TensorDescription?

    init(_ tensor: TensorDescription) {
        key = tensor.name
        name = TensorName(tensor.name)
        shape = tensor.shape
        weights = tensor.dtype.isFloatingPoint ? tensor : nil
    }

    init(_ tensor: UnsupportedTensor) {
        key = tensor.name
        name = TensorName(tensor.name)
        shape = tensor.shape
        weights = nil
    }
}

extension UnpairedTensor {
    fileprivate init(_ reason: Reason, _ suspect: Stored?, _ base: Stored?, expected: Bool) {
        self.init(
            name: suspect?.key ?? base?.key ?? "", reason: reason, suspectShape: suspect?.shape,
            baseShape: base?.shape, expected: expected)
    }
}

extension TensorMatching {
    /// Tensors that an error names.
    private static let namedInErrors = 8

    /// The matrices of word embeddings, if both models have one of the same width; their row counts may differ.
    public var wordEmbeddings: TensorPair? {
        (pairs + reshaped).first { pair in
            pair.name.isWordEmbedding && pair.suspect.shape.count == 2 && pair.base.shape.count == 2
                && pair.suspect.shape[1] == pair.base.shape[1]
        }
    }

    /// Checks that the base has the suspect's architecture, so that a comparison means something.
    ///
    /// - Parameters:
    ///   - suspect: the suspect's folder as the user named it, for the error.
    ///   - base: the base's folder as the user named it.
    public func requireComparable(suspect: String, base: String) throws(ForensicsError) {
        let unexpected = reshaped.filter { !$0.mayDifferInShape }
        let differsInWidth = wordEmbeddings == nil && unexpected.contains(where: \.name.isWordEmbedding)
        if differsInWidth || unexpected.count > pairs.count {
            let listed = unexpected.sorted { $0.name.isWordEmbedding && !$1.name.isWordEmbedding }
                .prefix(Self.namedInErrors)
                .map { "\"\($0.name.canonical)\" (\($0.suspect.shape) in the suspect, \($0.base.shape) in the base)" }
            let further = unexpected.count - listed.count
            throw ForensicsError(
                .otherShape, file: base,
                detail: "the base has another shape than \(suspect), for \(unexpected.count) tensors differ: "
                    + listed.joined(separator: ", ") + (further > 0 ? " and \(further) more" : "")
                    + "; give the model that the suspect was fine-tuned from")
        }
        if pairs.isEmpty {
            throw ForensicsError(
                .nothingInCommon, file: base,
                detail: "no tensor of \(suspect) has the name and shape of one in the base; give the model that the "
                    + "suspect was fine-tuned from")
        }
    }
}
