import Testing

@testable import Statistics

@Suite struct SingularDecompositionTests {
    static let shapes = [(1, 1), (1, 7), (7, 1), (5, 5), (40, 12), (12, 40), (600, 9), (1030, 33), (3, 1200)]

    /// Numbers from −1 to 1 without a pattern.
    static func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(Int64(bitPattern: state) >> 11) * 0x1p-52
        }
    }

    /// Orthonormal vectors of a length, by Gram and Schmidt, twice for good measure.
    static func orthonormal(_ count: Int, length: Int, seed: UInt64) -> [[Double]] {
        var vectors: [[Double]] = []
        for index in 0..<count {
            var vector = noise(length, seed: seed &+ UInt64(index) &* 77)
            for _ in 0..<2 {
                for other in vectors {
                    let along = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
                    for i in vector.indices { vector[i] -= along * other[i] }
                }
            }
            let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            vectors.append(vector.map { $0 / norm })
        }
        return vectors
    }

    /// A matrix with given singular values, as nearly as floats allow.
    static func matrix(_ rows: Int, _ columns: Int, values: [Double]) -> [Float] {
        let left = orthonormal(values.count, length: rows, seed: 3)
        let right = orthonormal(values.count, length: columns, seed: 5)
        return (0..<rows * columns).map { place in
            Float(values.indices.reduce(0) { $0 + values[$1] * left[$1][place / columns] * right[$1][place % columns] })
        }
    }

    static func decompose(_ matrix: [Float], _ rows: Int, _ columns: Int) -> SingularDecomposition {
        matrix.withUnsafeBufferPointer { SingularDecomposition($0, rows: rows, columns: columns) }
    }

    @Test(arguments: shapes)
    func vectorsAreOrthonormalAndTheMatrixComesBack(rows: Int, columns: Int) {
        let matrix = Self.noise(rows * columns).map { Float($0) }
        let result = Self.decompose(matrix, rows, columns)
        let side = min(rows, columns)
        #expect(result.values.count == side && result.vectors.count == side * side)
        #expect(result.values == result.values.sorted(by: >))
        for i in 0..<side {
            for j in 0...i {
                let product = (0..<side).reduce(0) {
                    $0 + result.vectors[i * side + $1] * result.vectors[j * side + $1]
                }
                #expect(abs(product - (i == j ? 1 : 0)) < 1e-12)
            }
        }
        let squares = matrix.reduce(0) { $0 + Double($1) * Double($1) }
        #expect(agree(result.values.reduce(0) { $0 + $1 * $1 }, squares, 1e-12))
        let again = matrix.withUnsafeBufferPointer { result.part(0..<side, of: $0) }
        #expect(zip(again, matrix).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test(arguments: [(40, 12), (12, 40), (700, 12)])
    func aConstructedSpectrumIsFound(rows: Int, columns: Int) {
        let spectrum = (0..<12).map { 100 / Double(1 << $0) }
        let result = Self.decompose(Self.matrix(rows, columns, values: spectrum), rows, columns)
        for (found, expected) in zip(result.values, spectrum) { #expect(abs(found - expected) < 2e-5) }
    }

    @Test func knownTwoByTwo() {
        // [[3, 0], [4, 5]]: √45 and √5, right vectors (1, 1)/√2 and (1, −1)/√2.
        let result = Self.decompose([3, 0, 4, 5], 2, 2)
        #expect(agree(result.values[0], 45.0.squareRoot(), 1e-14) && agree(result.values[1], 5.0.squareRoot(), 1e-14))
        #expect(agree(abs(result.vectors[0]), 0.5.squareRoot(), 1e-13))
        #expect(
            agree(result.vectors[0], result.vectors[1], 1e-13) && agree(result.vectors[2], -result.vectors[3], 1e-13))
    }

    @Test func smallSingularValuesKeepTheirDigits() {
        // Columns of very different length: a Gram matrix would lose the last ones to rounding.
        let matrix: [Float] = [1e6, 0, 0, 0, 1, 0, 0, 0, 1e-6, 1e6, 0, 0, 0, -1, 0, 0, 0, 1e-6]
        let result = Self.decompose(matrix, 6, 3)
        let expected = [Double(Float(1e6)), 1, Double(Float(1e-6))].map { $0 * 2.0.squareRoot() }
        for (found, value) in zip(result.values, expected) { #expect(abs(found / value - 1) < 1e-13) }
    }

    @Test func rankDeficientAndZero() {
        let result = Self.decompose(Self.matrix(30, 20, values: [4, 2]), 30, 20)
        #expect(abs(result.values[0] - 4) < 1e-5 && abs(result.values[1] - 2) < 1e-5)
        #expect(result.values.dropFirst(2).allSatisfy { $0 < 1e-5 })
        let zero = Self.decompose([Float](repeating: 0, count: 15), 5, 3)
        #expect(zero.values == [0, 0, 0] && zero.vectors.allSatisfy { $0 == 0 })
        let repeated = Self.decompose([1, 1, 1, 1, 1, 1], 3, 2)
        #expect(agree(repeated.values[0], 6.0.squareRoot(), 1e-13) && repeated.values[1] < 1e-15)
    }

    @Test(arguments: [(30, 8), (8, 30)])
    func partsAreTheTruncatedMatrix(rows: Int, columns: Int) {
        let low = Self.matrix(rows, columns, values: [9, 5])
        let rest = Self.matrix(rows, columns, values: [0, 0, 0.5, 0.25])
        // The same orthonormal vectors in both, so that the sum has the union of their spectra.
        let sum = zip(low, rest).map { $0 + $1 }
        let result = Self.decompose(sum, rows, columns)
        sum.withUnsafeBufferPointer { sum in
            #expect(zip(result.part(0..<2, of: sum), low).allSatisfy { abs($0 - $1) < 1e-5 })
            #expect(zip(result.part(2..<8, of: sum), rest).allSatisfy { abs($0 - $1) < 1e-5 })
            #expect(result.part(3..<3, of: sum).allSatisfy { $0 == 0 })
        }
    }

    @Test func equalInputsGiveEqualBits() {
        let matrix = Self.noise(64 * 20).map { Float($0) }
        let (first, second) = (Self.decompose(matrix, 64, 20), Self.decompose(matrix, 64, 20))
        #expect(first.values == second.values && first.vectors == second.vectors)
    }
}
