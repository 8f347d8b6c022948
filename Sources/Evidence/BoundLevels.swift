import Findings
import Statistics

/// The one confidence of the gate, and what it makes of a family of comparisons.
public enum Confidence {
    /// Of every one-sided bound that decides.
    public static let level = 0.95
}

/// Normal quantiles of a lower and an upper one-sided bound.
///
/// To fail a model is to say that some candidate of a family is beyond the limit, so lower bounds hold for all of them at
/// once (Bonferroni). To pass it is to say that every one is within the limit: each must show it by itself, and their
/// number makes no false pass likelier (intersection–union test, Berger 1982).
public struct BoundLevels: Sendable, Equatable {
    public let lower: Double
    public let upper: Double

    /// - Parameter comparisons: that a family has.
    public init(comparisons: Int) {
        lower = normalQuantile(1 - (1 - Confidence.level) / Double(max(1, comparisons)))
        upper = normalQuantile(Confidence.level)
    }
}

extension TrialTable {
    /// The levels of a candidate: those that were named before a text was read are one family, those that were
    /// discovered another.
    public func levels(of candidate: Candidate) -> BoundLevels {
        let family = candidates.filter { $0.source.isDiscovered == candidate.source.isDiscovered }
        return BoundLevels(comparisons: family.reduce(0) { $0 + $1.targets(of: targets).count })
    }
}
