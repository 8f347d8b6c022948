import Statistics
import Testing

@Suite struct OrderStatisticsTests {
    let values = [0.127, 0.514, -0.04, 2.281, -0.532, 0.744, 0.16, 0.621, -1.177]

    /// numpy.percentile
    @Test(arguments: [
        (0.0, -1.177), (0.05, -0.919), (0.25, -0.04), (0.5, 0.16), (0.9, 1.0514), (0.99, 2.15804), (1, 2.281),
        (2, 2.281), (-1, -1.177),
    ])
    func percentiles(share: Double, expected: Double) throws {
        #expect(agree(try #require(percentile(values, share)), expected))
    }

    @Test func robustScale() throws {
        let scale = try #require(RobustScale(values))
        #expect(scale.median == 0.16)
        #expect(agree(scale.mad, 0.461))
        #expect(agree(try #require(scale.z(2.281)), (2.281 - 0.16) / (1.4826 * 0.461)))
        #expect(try #require(RobustScale([1, 1, 1, 5])).z(5) == nil)
    }

    @Test func edges() {
        #expect(median([]) == nil)
        #expect(median([1, .nan]) == nil)
        #expect(median([3]) == 3)
        #expect(median([1, 2]) == 1.5)
        #expect(percentile([.infinity, .infinity], 0.5) == .infinity)
        #expect(percentile([1], .nan) == nil)
        #expect(RobustScale([]) == nil)
    }
}

@Suite struct HalfSampleModeTests {
    @Test func majorityOfEqualValuesWins() {
        let values = (0..<100).map { $0 < 51 ? 0 : Double($0) }
        #expect(halfSampleMode(values) == 0)
        #expect(halfSampleMode(values.reversed()) == 0)
        // Exactly half is no majority: the densest interval decides, here the lower of two.
        #expect(halfSampleMode([5, 5, 2, 2]) == 2)
    }

    @Test func aDenseMinorityWinsOverSpread() throws {
        let dense = (0..<300).map { 0.001 + 1e-9 * Double($0) }
        let spread = (0..<700).map { -1 + 2 * Double($0) / 700 }
        let mode = try #require(halfSampleMode(dense + spread))
        #expect(abs(mode - 0.001) < 1e-6)
    }

    @Test func anyOrderGivesTheSame() {
        let values = [5, 1, 1.1, 9, 1.05, 3, 7, 1.2]
        #expect(halfSampleMode(values) == halfSampleMode(values.reversed()))
    }

    @Test(
        arguments: [
            ([4.0], 4.0), ([1, 3], 2), ([1, 2, 4], 1.5), ([1, 3, 4], 3.5), ([1, 2, 3], 2), ([2, 2, 2, 2], 2),
        ] as [([Double], Double)])
    func fewValues(values: [Double], expected: Double) {
        #expect(halfSampleMode(values) == expected)
    }

    @Test func edges() {
        #expect(halfSampleMode([]) == nil)
        #expect(halfSampleMode([1, .nan]) == nil)
    }
}

@Suite struct IsotonicTests {
    let values = [0.71, 0.74, 1.58, 2.17, 2.07, 2.8, 4.08, 4.32, 3.96, 4.68]

    /// scipy.optimize.isotonic_regression
    @Test func weighted() {
        let fit = isotonicRegression(values, weights: [1, 8, 5, 5, 6, 4, 7, 5, 1, 7])
        let expected = [
            0.71, 0.74, 1.58, 2.1154545454545453, 2.1154545454545453, 2.8, 4.08, 4.26, 4.26, 4.68,
        ]
        for (a, b) in zip(fit, expected) { #expect(agree(a, b)) }
    }

    @Test func unweighted() {
        let fit = isotonicRegression(values)
        let expected = [0.71, 0.74, 1.58, 2.12, 2.12, 2.8, 4.08, 4.14, 4.14, 4.68]
        for (a, b) in zip(fit, expected) { #expect(agree(a, b)) }
    }

    @Test func edges() {
        #expect(isotonicRegression([]).isEmpty)
        #expect(isotonicRegression([3, 2, 1]) == [2, 2, 2])
        #expect(agree(isotonicRegression([3, 1], weights: [1])[0], 3))
        #expect(isotonicRegression([1, 2]) == [1, 2])
    }
}
