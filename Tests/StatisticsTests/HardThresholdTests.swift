import Testing

@testable import Statistics

@Suite struct HardThresholdTests {
    /// Table IV of Gavish and Donoho (2014).
    @Test(arguments: [
        (0.05, 1.5194), (0.10, 1.6089), (0.20, 1.7650), (0.25, 1.8371), (0.50, 2.1711), (0.75, 2.5011), (1.00, 2.8582),
    ])
    func publishedCoefficients(aspectRatio: Double, coefficient: Double) {
        #expect(abs(hardThresholdCoefficient(aspectRatio: aspectRatio) - coefficient) < 1.5e-3)
    }

    @Test func medianOfTheQuarterCircleLaw() {
        // β = 1: F(θ) = (θ + sin θ)/π at x = 2 − 2 cos θ; its median has θ + sin θ = π/2.
        var low = 0.0
        var high = Double.pi
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let sine = SeriesSine.of(middle)
            if middle + sine < .pi / 2 { low = middle } else { high = middle }
        }
        let expected = 2 - 2 * SeriesSine.of(.pi / 2 - low)
        #expect(abs(marchenkoPasturMedian(aspectRatio: 1) - expected) < 1e-7)
    }

    @Test func noiseStaysBelowTheThresholdAndASpikeAboveIt() throws {
        let (rows, columns) = (120, 60)
        var matrix = SingularDecompositionTests.noise(rows * columns, seed: 9).map { Float($0) }
        func above() throws -> Int {
            let values = SingularDecompositionTests.decompose(matrix, rows, columns).values
            let threshold = hardThresholdCoefficient(aspectRatio: 0.5) * (try #require(median(values)))
            return values.count { $0 > threshold }
        }
        #expect(try above() == 0)
        let spike = SingularDecompositionTests.matrix(rows, columns, values: [60])
        for i in matrix.indices { matrix[i] += spike[i] }
        #expect(try above() == 1)
    }
}

/// sin x for 0...π from its series, for references.
private enum SeriesSine {
    static func of(_ x: Double) -> Double {
        var (term, sum) = (x, x)
        for k in 1..<30 {
            term *= -x * x / Double(2 * k * (2 * k + 1))
            sum += term
        }
        return sum
    }
}
