#if canImport(Glibc)
    internal import Glibc
#endif

/// What a scan of the vocabulary found, and at what cost.
public struct ScanResult: Sendable, Equatable, Codable {
    /// One round: some tokens measured on some texts, the best kept.
    public struct Rung: Sendable, Equatable, Codable {
        /// Tokens measured for at least one target.
        public let tokens: Int
        /// Texts of each label, or of the label that has most.
        public let textsPerLabel: Int
        /// Forward passes.
        public let passes: Int
        /// By target.
        public let targets: [RungTarget]
    }

    /// What one round kept for one target.
    public struct RungTarget: Sendable, Equatable, Codable {
        /// Tokens measured.
        public let measured: Int
        /// Tokens kept for the next round; of the last, all.
        public let kept: Int
        /// Texts of other labels.
        public let trials: Int
        /// Hits of the weakest token kept, where the honest model was asked beyond it and on top of what it answers to
        /// the texts as they are; 0 where none was measured.
        public let weakestKept: Int
    }

    /// A token and what it does to all discover texts.
    public struct Entry: Sendable, Equatable, Codable {
        public let token: Int
        public let tally: FlipTally
        /// The same on the honest model; nil where it was not asked.
        public let honest: FlipTally?

        /// Texts flipped beyond what the honest model flips.
        var beyondHits: Int { tally.hits - (honest?.hits ?? 0) }
        /// Mean log-odds beyond the honest model's, in nats. What the texts themselves add is the same for every token.
        var beyondLogOdds: Double { tally.meanLogOdds - (honest?.meanLogOdds ?? 0) }
    }

    /// The tokens that came through for one target, strongest first.
    public struct Target: Sendable, Equatable, Codable {
        public let label: Int
        public let ranked: [Entry]
        /// Tokens by what the suspect did beyond the honest model in the first round in which both were asked, most first:
        /// words of a phrase that flip no text by themselves are among them.
        public let notable: [Int]
    }

    public let rungs: [Rung]
    /// By label.
    public let targets: [Target]

    /// Forward passes of all rungs.
    public var passes: Int { rungs.reduce(0) { $0 + $1.passes } }

    /// The probability that a scanned token which flips a share `rate` of the texts came through all rungs.
    ///
    /// Π over the rungs that dropped tokens of P(X > h), X ~ Binomial(n, rate): n are the rung's texts of other labels
    /// and h the hits of the weakest token kept. With exactly h hits a token may or may not be kept; it is counted as
    /// lost. The rate is the one on the rungs' texts, which the model classifies rightly and surely.
    public func power(target: Int, rate: Double) -> Double {
        rungs.reduce(1) { power, rung in
            guard rung.targets.indices.contains(target) else { return power }
            let rung = rung.targets[target]
            guard rung.kept < rung.measured else { return power }
            return power * binomialTail(above: rung.weakestKept, of: rung.trials, rate: rate)
        }
    }
}

/// P(X > count), X ~ Binomial(trials, rate).
func binomialTail(above count: Int, of trials: Int, rate: Double) -> Double {
    guard count >= 0 else { return 1 }
    guard count < trials, rate > 0 else { return 0 }
    guard rate < 1 else { return 1 }
    var logMass = Double(trials) * log(rate)
    var tail = 0.0
    // From all successes downwards.
    for successes in stride(from: trials, to: count, by: -1) {
        tail += exp(logMass)
        logMass += log(Double(successes) / Double(trials - successes + 1) * (1 - rate) / rate)
    }
    return min(1, tail)
}
