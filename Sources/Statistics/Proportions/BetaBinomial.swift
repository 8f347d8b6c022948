import Glibc

/// Successes among trials, such as texts of one label that a control token flips.
public struct BinomialCount: Sendable, Hashable {
    /// Trials that succeeded.
    public var successes: Int
    /// All trials.
    public var trials: Int

    /// `successes` of `trials`; clamped to 0...trials.
    public init(successes: Int, trials: Int) {
        self.trials = max(trials, 0)
        self.successes = min(max(successes, 0), self.trials)
    }
}

/// A binomial count whose rate itself varies by a beta distribution: the null of control tokens.
///
/// Controls differ from one another by more than chance among texts; a plain binomial would call the strongest
/// harmless word significant.
public struct BetaBinomial: Sendable, Hashable {
    /// First shape of the rate's beta distribution, the weight of successes.
    public let alpha: Double
    /// Second shape of the rate's beta distribution, the weight of failures.
    public let beta: Double

    /// The distribution with rate ~ Beta(`alpha`, `beta`); nil unless both are positive and finite.
    public init?(alpha: Double, beta: Double) {
        guard alpha > 0, beta > 0, alpha.isFinite, beta.isFinite else { return nil }
        self.alpha = alpha
        self.beta = beta
    }

    /// Mean rate.
    public var mean: Double { alpha / (alpha + beta) }

    /// Correlation of two trials of one count, 1/(α+β+1): 0 is a plain binomial.
    public var overdispersion: Double { 1 / (alpha + beta + 1) }

    /// P(X ≥ `successes`) among `trials`: the p of a candidate that flipped that many texts.
    public func upperTail(atLeast successes: Int, of trials: Int) -> Double {
        guard successes > 0 else { return 1 }
        guard successes <= trials else { return 0 }
        var tail = 0.0
        forEachLogMass(of: trials) { count, logMass in
            if count >= successes { tail += exp(logMass) }
        }
        return min(1, tail)
    }

    /// The smallest count k with P(X ≤ k) ≥ `share` among `trials`.
    public func quantile(_ share: Double, of trials: Int) -> Int {
        var cumulative = 0.0
        var result: Int?
        forEachLogMass(of: trials) { count, logMass in
            cumulative += exp(logMass)
            if result == nil, cumulative >= share { result = count }
        }
        return result ?? max(trials, 0)
    }

    /// Log-likelihood of `counts`, binomial coefficients left out.
    public func logLikelihood(of counts: [BinomialCount]) -> Double {
        BetaBinomialTally(counts).logLikelihood(alpha: alpha, beta: beta)
    }

    /// Calls `body` with 0...trials and the log of each probability.
    private func forEachLogMass(of trials: Int, _ body: (Int, Double) -> Void) {
        guard trials >= 0 else { return }
        let n = Double(trials)
        var logMass = 0.0
        for j in 0..<trials { logMass += log1p(-alpha / (alpha + beta + Double(j))) }
        for count in 0...trials {
            body(count, logMass)
            guard count < trials else { break }
            let k = Double(count)
            logMass += log((n - k) * (alpha + k) / ((k + 1) * (beta + n - k - 1)))
        }
    }
}
