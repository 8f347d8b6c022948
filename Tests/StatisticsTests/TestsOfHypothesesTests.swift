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
