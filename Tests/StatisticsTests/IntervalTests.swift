import Statistics
import Testing

/// Expected bounds: scipy.stats.binomtest(...).proportion_ci(method="wilson").
@Suite struct WilsonTests {
    @Test(arguments: [
        (0.0, 10.0, 0.0, 0.27753279986288926), (10, 10, 0.7224672001371109, 1),
        (81, 263, 0.2552885198782742, 0.36620957698280004), (15, 148, 0.06238639953073629, 0.16048724172330803),
        (1, 29, 0.006113214292762667, 0.17175521879320282), (500, 1000, 0.4690696003681042, 0.5309303996318958),
    ])
    func knownValues(successes: Double, trials: Double, lower: Double, upper: Double) {
        let interval = wilson(successes: successes, trials: trials)
        #expect(agree(interval.lower, lower))
        #expect(agree(interval.upper, upper))
    }

    @Test func otherConfidence() {
        let interval = wilson(successes: 7, trials: 40, z: -normalQuantile(0.005))
        #expect(agree(interval.lower, 0.07064423503673017))
        #expect(agree(interval.upper, 0.37183335374319976))
    }

    @Test func fractionalCountsLieBetweenWholeOnes() {
        let (a, b, c) = (
            wilson(successes: 3, trials: 20), wilson(successes: 3.5, trials: 20), wilson(successes: 4, trials: 20)
        )
        #expect(a.lower < b.lower && b.lower < c.lower)
        #expect(a.upper < b.upper && b.upper < c.upper)
    }

    @Test func withoutTrialsNothingIsKnown() {
        #expect(wilson(successes: 0, trials: 0) == ConfidenceInterval(lower: 0, upper: 1))
        #expect(wilson(successes: .nan, trials: 4) == ConfidenceInterval(lower: 0, upper: 1))
    }

    @Test func halfWidth() {
        #expect(ConfidenceInterval(lower: 0.25, upper: 0.75).halfWidth == 0.25)
    }
}

@Suite struct NewcombeTests {
    /// The first row is Newcombe's published example (0.0569 to 0.3404); the others were computed with numpy from
    /// the roots of the score equation.
    @Test(arguments: [
        ([36.0, 12, 2, 0], 0.056929584003239414, 0.34042760297494057),
        ([1, 6, 7, 0], -0.5029996990381698, 0.38984334745581317),
        ([90, 30, 4, 26], 0.10054794479834941, 0.24468435305833264),
        ([12, 5, 5, 128], -0.04694720227474401, 0.04694720227474401),
        ([0, 0, 0, 54], -0.0664135880908964, 0.0664135880908964), ([0, 54, 0, 0], 0.9060770029959911, 1),
    ])
    func paired(cells: [Double], lower: Double, upper: Double) {
        let counts = PairedCounts(both: cells[0], firstOnly: cells[1], secondOnly: cells[2], neither: cells[3])
        let interval = pairedNewcombe(counts)
        #expect(agree(interval.lower, lower, 1e-10))
        #expect(agree(interval.upper, upper, 1e-10))
    }

    @Test func withoutTextsNothingIsKnown() {
        let none = PairedCounts(both: 0, firstOnly: 0, secondOnly: 0, neither: 0)
        #expect(pairedNewcombe(none) == ConfidenceInterval(lower: -1, upper: 1))
        #expect(none.difference == 0 && none.firstRate == 0 && none.secondRate == 0)
    }

    @Test func tableFromOutcomes() {
        let counts = PairedCounts(first: [1, 1, 0, 0.5], second: [1, 0, 0, 0.5])
        #expect(counts == PairedCounts(both: 1.25, firstOnly: 1.25, secondOnly: 0.25, neither: 1.25))
        #expect(counts.total == 4)
        #expect(counts.difference == 0.25)
        #expect(counts.scaled(to: 8).both == 2.5)
        #expect(PairedCounts(both: -1, firstOnly: 2, secondOnly: 0, neither: 0).both == 0)
    }
}

@Suite struct SampleSizeTests {
    @Test func textsThatSettleALimit() throws {
        let counts = PairedCounts(both: 4, firstOnly: 16, secondOnly: 0, neither: 20)
        #expect(pairedNewcombe(counts).lower < 0.25)
        #expect(textsNeeded(toSettle: counts, at: 0.25) == 51)
        #expect(textsNeeded(toSettle: counts, at: 0.1) ?? 99 < 40)
        let unsettled = PairedCounts(both: 5, firstOnly: 14, secondOnly: 0, neither: 21)
        #expect(unsettled.difference == 0.35)
        let n = try #require(textsNeeded(toSettle: unsettled, at: 0.3))
        #expect(pairedNewcombe(unsettled.scaled(to: Double(n))).lower > 0.3)
        #expect(pairedNewcombe(unsettled.scaled(to: Double(n - 1))).lower <= 0.3)
    }

    @Test func fromBelow() throws {
        let counts = PairedCounts(both: 3, firstOnly: 2, secondOnly: 1, neither: 14)
        let n = try #require(textsNeeded(toSettle: counts, at: 0.15))
        #expect(n > 20)
        #expect(pairedNewcombe(counts.scaled(to: Double(n))).upper <= 0.15)
        #expect(pairedNewcombe(counts.scaled(to: Double(n - 1))).upper > 0.15)
    }

    @Test func noAnswer() {
        let counts = PairedCounts(both: 0, firstOnly: 1, secondOnly: 0, neither: 3)
        #expect(textsNeeded(toSettle: counts, at: 0.25) == nil)
        #expect(textsNeeded(toSettle: counts.scaled(to: 0), at: 0.1) == nil)
        #expect(textsNeeded(toSettle: counts, at: 0.26, cap: 10) == nil)
    }
}
