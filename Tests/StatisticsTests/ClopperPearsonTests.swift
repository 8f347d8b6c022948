import Testing

@testable import Statistics

@Suite struct ClopperPearsonTests {
    /// Bounds from the beta quantiles that define the interval.
    @Test(arguments: [
        (0, 10, 0.0, 0.30849710781876083), (10, 10, 0.6915028921812392, 1.0),
        (5, 10, 0.18708602844739855, 0.8129139715526015), (1, 20, 0.0012650894979498093, 0.24873276281050926),
        (38, 40, 0.8308031, 0.9938863534), (0, 1, 0.0, 0.975), (999, 1000, 0.9944411, 0.9999747),
    ])
    func `bounds are exact`(successes: Int, trials: Int, lower: Double, upper: Double) {
        let interval = clopperPearson(successes: successes, trials: trials)
        #expect(abs(interval.lower - lower) < 1e-7 && abs(interval.upper - upper) < 1e-7, "\(interval)")
    }

    @Test func `nothing is known without trials, and counts outside are the nearest`() {
        #expect(clopperPearson(successes: 0, trials: 0) == ConfidenceInterval(lower: 0, upper: 1))
        #expect(clopperPearson(successes: 9, trials: 4) == clopperPearson(successes: 4, trials: 4))
    }

    @Test func `a higher confidence is a wider interval`() {
        let usual = clopperPearson(successes: 3, trials: 12)
        let wide = clopperPearson(successes: 3, trials: 12, confidence: 0.99)
        #expect(wide.lower < usual.lower && wide.upper > usual.upper)
    }
}
