import Glibc

extension BetaBinomial {
    /// Largest α + β that a fit returns; beyond it the distribution cannot be told from a binomial.
    public static let largestPrecision = 1e6

    /// Fits `counts` by maximum likelihood, started from the moments.
    ///
    /// Counts that vary no more than a binomial would give `largestPrecision`. When no trial succeeded, or every one
    /// did, the likelihood has no maximum: half a success and half a failure are added to the pooled counts (Jeffreys),
    /// and the spread is a binomial's. Nil without trials.
    public init?(fitting counts: [BinomialCount]) {
        let tally = BetaBinomialTally(counts)
        guard tally.trials > 0 else { return nil }
        guard tally.successes > 0, tally.successes < tally.trials else {
            self.init(alpha: tally.successes + 0.5, beta: tally.trials - tally.successes + 0.5)
            return
        }
        let start = tally.momentStart(counts)
        let fitted = tally.maximize(from: start)
        self.init(alpha: fitted.alpha, beta: fitted.beta)
    }
}

/// Sufficient statistics of a beta-binomial likelihood: how many counts exceed j, for each j.
///
/// log L = Σⱼ Aⱼ log(α+j) + Bⱼ log(β+j) − Cⱼ log(α+β+j), so that neither the gamma function nor its derivatives are
/// needed and a step costs one pass over the largest count.
struct BetaBinomialTally {
    private(set) var successes = 0.0
    private(set) var trials = 0.0
    /// Counts with more than j successes.
    private var above: [Double]
    /// Counts with more than j failures.
    private var below: [Double]
    /// Counts with more than j trials.
    private var all: [Double]

    init(_ counts: [BinomialCount]) {
        func exceeding(_ value: (BinomialCount) -> Int) -> [Double] {
            var histogram = [Double](repeating: 0, count: (counts.map(value).max() ?? 0) + 1)
            for count in counts { histogram[value(count)] += 1 }
            var remaining = 0.0
            for j in histogram.indices.reversed() {
                let here = histogram[j]
                histogram[j] = remaining
                remaining += here
            }
            return histogram
        }
        above = exceeding { $0.successes }
        below = exceeding { $0.trials - $0.successes }
        all = exceeding { $0.trials }
        for count in counts {
            successes += Double(count.successes)
            trials += Double(count.trials)
        }
    }

    func logLikelihood(alpha: Double, beta: Double) -> Double {
        func sum(_ weights: [Double], _ offset: Double) -> Double {
            var total = 0.0
            for (j, weight) in weights.enumerated() where weight > 0 { total += weight * log(offset + Double(j)) }
            return total
        }
        return sum(above, alpha) + sum(below, beta) - sum(all, alpha + beta)
    }

    /// α and β with the pooled mean and the precision that the variance of the rates suggests.
    func momentStart(_ counts: [BinomialCount]) -> (alpha: Double, beta: Double) {
        let mean = successes / trials
        var (square, expected, count) = (0.0, 0.0, 0.0)
        for item in counts where item.trials > 0 {
            let n = Double(item.trials)
            square += n * (Double(item.successes) / n - mean) * (Double(item.successes) / n - mean)
            expected += mean * (1 - mean)
            count += n - 1
        }
        let excess = count > 0 ? (square - expected) / (mean * (1 - mean) * count) : 0
        let precision = excess > 0 ? min(max(1 / excess - 1, 0.1), 1e4) : 1e4
        return (mean * precision, (1 - mean) * precision)
    }

    /// Climbs to the maximum by damped Newton steps in (log α, log β), with α + β ≤ `largestPrecision`.
    func maximize(from start: (alpha: Double, beta: Double)) -> (alpha: Double, beta: Double) {
        var (alpha, beta) = start
        var value = logLikelihood(alpha: alpha, beta: beta)
        var damping = 1e-3
        for _ in 0..<500 {
            let slope = derivatives(alpha: alpha, beta: beta)
            // The negated Hessian, with the damping on its diagonal.
            let (a, b, c) = (damping - slope.alphaAlpha, -slope.alphaBeta, damping - slope.betaBeta)
            let determinant = a * c - b * b
            var accepted = false
            if a > 0, determinant > 0 {
                let stepAlpha = min(max((c * slope.alpha - b * slope.beta) / determinant, -2), 2)
                let stepBeta = min(max((a * slope.beta - b * slope.alpha) / determinant, -2), 2)
                let nextAlpha = alpha * exp(stepAlpha)
                let nextBeta = beta * exp(stepBeta)
                let next = logLikelihood(alpha: nextAlpha, beta: nextBeta)
                if next >= value, nextAlpha + nextBeta <= BetaBinomial.largestPrecision {
                    accepted = true
                    let small = abs(stepAlpha) + abs(stepBeta) < 1e-10
                    (alpha, beta, value) = (nextAlpha, nextBeta, next)
                    if small { break }
                }
            }
            damping = accepted ? max(damping / 10, 1e-12) : damping * 10
            if damping > 1e12 { break }
        }
        return (alpha, beta)
    }

    /// First and second derivatives of the log-likelihood by log α and log β.
    private func derivatives(
        alpha: Double, beta: Double
    ) -> (alpha: Double, beta: Double, alphaAlpha: Double, alphaBeta: Double, betaBeta: Double) {
        func inverses(_ weights: [Double], _ offset: Double) -> (first: Double, second: Double) {
            var (first, second) = (0.0, 0.0)
            for (j, weight) in weights.enumerated() where weight > 0 {
                let inverse = 1 / (offset + Double(j))
                first += weight * inverse
                second += weight * inverse * inverse
            }
            return (first, second)
        }
        let (a, b, c) = (inverses(above, alpha), inverses(below, beta), inverses(all, alpha + beta))
        let (slopeAlpha, slopeBeta) = (a.first - c.first, b.first - c.first)
        return (
            alpha * slopeAlpha, beta * slopeBeta, alpha * alpha * (c.second - a.second) + alpha * slopeAlpha,
            alpha * beta * c.second, beta * beta * (c.second - b.second) + beta * slopeBeta
        )
    }
}
