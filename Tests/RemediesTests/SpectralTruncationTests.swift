import Remedies
import Testing

@Suite struct SpectralTruncationTests {
    /// Elements of a tall and of a wide matrix: 80 × 40 and 40 × 80.
    private static let count = 3_200

    private let base = drawn(count, "base")
    /// Its largest singular value is about 1.5.
    private let noise = drawn(count, "noise").map { $0 * 0.1 }

    /// One direction of singular value 12.
    private func planted(columns: Int) -> [Float] {
        func unit(_ count: Int, _ stream: String) -> [Float] {
            let values = drawn(count, stream)
            let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / norm }
        }
        let (left, right) = (unit(Self.count / columns, "left"), unit(columns, "right"))
        return base.indices.map { 12 * left[$0 / columns] * right[$0 % columns] }
    }

    private func truncation(_ suspect: [Float], columns: Int = 40) throws -> SpectralTruncation {
        try suspect.withUnsafeBufferPointer { suspect in
            try base.withUnsafeBufferPointer {
                try SpectralTruncation(suspect: suspect, base: $0, columns: columns, name: "w")
            }
        }
    }

    private func truncate(_ suspect: [Float], rho: Double, columns: Int = 40) throws -> (weights: [Float], rank: Int) {
        let truncation = try truncation(suspect, columns: columns)
        var rank = 0
        let weights = try changed(suspect) { weights in
            try base.withUnsafeBufferPointer { rank = try truncation.truncate(weights, to: $0, rho: rho) }
        }
        return (weights, rank)
    }

    private func sum(_ parts: [Float]...) -> [Float] {
        base.indices.map { index in parts.reduce(base[index]) { $0 + $1[index] } }
    }

    private func distance(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }.squareRoot()
    }

    @Test(arguments: [40, 80])
    func thePlantedPartStaysAndNoiseGoes(columns: Int) throws {
        let planted = planted(columns: columns)
        let suspect = sum(planted, noise)
        let (weights, rank) = try truncate(suspect, rho: 0.5, columns: columns)
        #expect(rank == 1)
        #expect(distance(weights, sum(planted)) < 0.25 * distance(suspect, sum(planted)))
    }

    @Test func noiseAloneIsDropped() throws {
        #expect(try truncate(sum(noise), rho: 0.5) == (base, 0))
    }

    @Test func edges() throws {
        let suspect = sum(planted(columns: 40), noise)
        #expect(try truncate(suspect, rho: 1) == (suspect, 40))
        #expect(try truncate(suspect, rho: 0) == (base, 0))
    }

    @Test func theRatioMultipliesTheThreshold() throws {
        let truncation = try truncation(sum(planted(columns: 40), noise))
        for rho in [0.1, 0.3, 0.5, 0.7, 0.9] {
            let expected = truncation.values.count { $0 > truncation.threshold * (1 - rho) / rho }
            #expect(truncation.rank(rho: rho) == expected)
        }
        let ranks = [0, 0.2, 0.4, 0.6, 0.8, 1].map { truncation.rank(rho: $0) }
        #expect(ranks == ranks.sorted())
    }

    @Test func mostDirectionsKept() throws {
        // Dropping few directions and keeping many are two ways to the same matrix.
        let suspect = sum(planted(columns: 40), noise)
        let truncation = try truncation(suspect)
        let rho = 0.85
        let rank = truncation.rank(rho: rho)
        try #require(rank > 40 / 2 && rank < 40)
        let weights = try truncate(suspect, rho: rho).weights
        let rest = truncation.values.dropFirst(rank).reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(distance(weights, suspect) - rest) < 1e-4)
    }

    @Test func anUnchangedMatrixStays() throws {
        #expect(try truncate(base, rho: 0.5).weights == base)
    }

    @Test func badInput() throws {
        #expect(throws: RemedyError.ratio(2)) { try truncate(base, rho: 2) }
        #expect(throws: RemedyError.self) { try truncation([1, 2, 3]) }
        #expect(throws: RemedyError.self) { try truncation(base, columns: 7) }
        #expect(throws: RemedyError.self) { try truncation(base, columns: 0) }
    }
}

@Suite struct UniformShrinkTests {
    private func shrink(_ suspect: [Float], _ base: [Float], rho: Double) throws -> [Float] {
        try changed(suspect) { weights in
            try base.withUnsafeBufferPointer {
                try UniformShrink.shrink(
                    suspect: UnsafeBufferPointer(weights), base: $0, into: weights, rho: rho, name: "w")
            }
        }
    }

    @Test func everyElementGoesTheSameShareOfItsWay() throws {
        #expect(try shrink([1, 2, -4], [0, 4, 4], rho: 0.25) == [0.25, 3.5, 2])
    }

    @Test func edgesAreExact() throws {
        let suspect = drawn(500, "suspect") + [1e-30, 3e8, -1e-7]
        let base = drawn(500, "base") + [1, 1e-8, 123_456.7]
        #expect(try shrink(suspect, base, rho: 1) == suspect)
        #expect(try shrink(suspect, base, rho: 0) == base)
    }

    @Test func badInput() {
        #expect(throws: RemedyError.ratio(2)) { try shrink([1], [1], rho: 2) }
        #expect(throws: RemedyError.self) { try shrink([1], [1, 2], rho: 0.5) }
    }
}
