import Statistics
import Testing

@Suite struct NormalTests {
    /// scipy.stats.norm.ppf
    @Test(arguments: [
        (1e-300, -37.0470962993612), (1e-10, -6.361340902404056), (0.001, -3.090232306167813),
        (0.025, -1.9599639845400545), (0.2, -0.8416212335729142), (0.5, 0), (0.8, 0.8416212335729143),
        (0.975, z95), (0.9999, 3.719016485455709), (1 - 1e-10, 6.361340889697422),
    ])
    func quantile(p: Double, z: Double) {
        #expect(agree(normalQuantile(p), z, 1e-13))
    }

    @Test func quantileInvertsTheDistribution() {
        for step in 1..<200 {
            let p = Double(step) / 200
            #expect(agree(normalCDF(normalQuantile(p)), p, 1e-13))
        }
    }

    @Test func edges() {
        #expect(normalQuantile(0) == -.infinity)
        #expect(normalQuantile(1) == .infinity)
        #expect(normalQuantile(1.5).isNaN && normalQuantile(.nan).isNaN)
        #expect(normalQuantile(.leastNonzeroMagnitude).isFinite)
    }
}

@Suite struct McNemarTests {
    /// scipy.stats.binomtest(b, b + c).pvalue
    @Test(arguments: [
        (0, 0, 1.0), (1, 5, 0.21875), (5, 1, 0.21875), (12, 2, 0.012939453125), (40, 25, 0.08168153394154003),
        (300, 220, 0.0005194158496652906), (0, 60, 1.734723475976807e-18), (7, 7, 1),
    ])
    func knownValues(firstOnly: Int, secondOnly: Int, p: Double) {
        let result = mcNemarExact(firstOnly: firstOnly, secondOnly: secondOnly)
        #expect(abs(result - p) <= 1e-11 * p)
    }

    @Test func largeCountsNeitherOverflowNorVanish() {
        let p = mcNemarExact(firstOnly: 5000, secondOnly: 5200)
        #expect(p > 0.04 && p < 0.06)
        #expect(mcNemarExact(firstOnly: -3, secondOnly: 0) == 1)
    }
}

@Suite struct HolmTests {
    @Test func adjusts() {
        let adjusted = holm([0.01, 0.04, 0.03, 0.005, 0.5, 0.03])
        for (a, b) in zip(adjusted, [0.05, 0.12, 0.12, 0.03, 0.5, 0.12]) { #expect(agree(a, b)) }
    }

    @Test func edges() {
        #expect(holm([]).isEmpty)
        #expect(holm([0.9, 0.8]) == [1, 1])
        let withNaN = holm([.nan, 0.01])
        #expect(withNaN[0].isNaN && agree(withNaN[1], 0.02))
    }
}

@Suite struct BetaBinomialTests {
    /// Tails in exact rational arithmetic, quantiles by scipy.stats.betabinom.ppf.
    @Test(arguments: [
        ([0.5, 8], 30, 10, 0.02211564244969828, 7), ([2.5, 40], 120, 20, 0.023082067542899827, 17),
        ([30, 70], 10, 10, 1.4911624251069495e-05, 6), ([0.02, 3], 29, 1, 0.04921989587641057, 0),
        ([1e5, 9e5], 50, 12, 0.0032207319842850325, 9), ([1.2, 3.4], 500, 480, 3.5293284211706696e-05, 311),
    ])
    func knownTails(parameters: [Double], trials: Int, successes: Int, tail: Double, quantile95: Int) throws {
        let distribution = try #require(BetaBinomial(alpha: parameters[0], beta: parameters[1]))
        let result = distribution.upperTail(atLeast: successes, of: trials)
        #expect(abs(result - tail) <= 1e-11 * tail)
        #expect(distribution.quantile(0.95, of: trials) == quantile95)
    }

    @Test func tailEdges() throws {
        let distribution = try #require(BetaBinomial(alpha: 2, beta: 3))
        #expect(distribution.upperTail(atLeast: 0, of: 5) == 1)
        #expect(distribution.upperTail(atLeast: -1, of: 5) == 1)
        #expect(distribution.upperTail(atLeast: 6, of: 5) == 0)
        #expect(distribution.quantile(1.1, of: 5) == 5)
        #expect(distribution.quantile(0.5, of: 0) == 0)
        #expect(distribution.mean == 0.4)
        #expect(agree(distribution.overdispersion, 1.0 / 6))
        #expect(BetaBinomial(alpha: 0, beta: 1) == nil)
        #expect(BetaBinomial(alpha: 1, beta: .infinity) == nil)
    }

    /// 50 counts drawn by scipy from (1.5, 12); the maximum was found with scipy.optimize on the gamma-function form.
    @Test func maximumLikelihood() throws {
        let successes = [
            9, 4, 1, 2, 4, 0, 3, 5, 9, 0, 0, 9, 1, 1, 6, 2, 6, 2, 3, 2, 1, 2, 1, 0, 5, 2, 4, 9, 3, 5, 2, 5, 8, 4, 5,
            13, 0, 2, 2, 2, 1, 6, 2, 2, 3, 9, 4, 5, 1, 4,
        ]
        let counts = successes.enumerated().map {
            BinomialCount(successes: $0.element, trials: $0.offset < 30 ? 30 : 25)
        }
        let fit = try #require(BetaBinomial(fitting: counts))
        #expect(agree(fit.alpha, 1.8726178, 1e-6))
        #expect(agree(fit.beta, 12.4419201, 1e-6))
        #expect(agree(fit.logLikelihood(of: counts), -519.9017829790787, 1e-10))
    }

    @Test func equalRatesGiveABinomial() throws {
        let counts = (0..<40).map { BinomialCount(successes: 3 + $0 % 2, trials: 30) }
        let fit = try #require(BetaBinomial(fitting: counts))
        #expect(fit.overdispersion < 1e-3)
        #expect(agree(fit.mean, 3.5 / 30, 1e-4))
    }

    @Test func allOrNothing() throws {
        let none = try #require(
            BetaBinomial(fitting: Array(repeating: BinomialCount(successes: 0, trials: 30), count: 200)))
        #expect(none.upperTail(atLeast: 1, of: 30) < 0.005)
        #expect(none.upperTail(atLeast: 1, of: 30) > 0.001)
        let all = try #require(BetaBinomial(fitting: [BinomialCount(successes: 9, trials: 9)]))
        #expect(all.mean > 0.9)
        #expect(BetaBinomial(fitting: []) == nil)
        #expect(BetaBinomial(fitting: [BinomialCount(successes: 0, trials: 0)]) == nil)
        #expect(BinomialCount(successes: 7, trials: 5).successes == 5)
    }

    @Test func oneStrongControlWidensTheNull() throws {
        var counts = Array(repeating: BinomialCount(successes: 1, trials: 30), count: 199)
        let tight = try #require(BetaBinomial(fitting: counts)).upperTail(atLeast: 10, of: 30)
        counts.append(BinomialCount(successes: 20, trials: 30))
        let wide = try #require(BetaBinomial(fitting: counts)).upperTail(atLeast: 10, of: 30)
        #expect(wide > 10 * tight)
    }
}
