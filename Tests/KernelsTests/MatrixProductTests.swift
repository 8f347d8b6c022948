import Tensors
import Testing

@testable import Kernels

/// Every form of product against a sum in Double.
@Suite struct MatrixProductTests {
    static let forms: [MatrixProduct.Shape] = [(1, 1, 1), (5, 7, 9), (33, 64, 48), (130, 65, 17), (600, 48, 384)]
        .flatMap { m, n, k in
            Precision.allCases.filter(\.isAvailable).flatMap { precision in
                [(false, false), (true, false), (false, true)].flatMap { transposedA, transposedB in
                    [false, true].map {
                        MatrixProduct.Shape(
                            m: m, n: n, k: k, precision: precision, transposedA: transposedA, transposedB: transposedB,
                            hasBias: $0 && !transposedA, accumulates: $0 && !transposedB)
                    }
                }
            }
        }

    @Test(arguments: forms)
    func `a product is its sums`(shape: MatrixProduct.Shape) throws {
        let a = Factor(shape.m, shape.k, transposed: shape.transposedA, shape.precision, "a")
        let b = Factor(shape.k, shape.n, transposed: shape.transposedB, shape.precision, "b")
        let (bias, before) = (noise(shape.n, "bias"), noise(shape.m * shape.n, "c"))
        let got = onOneThread(.current) { context in
            written(shape.m * shape.n, initial: before) { c in
                context.multiply(shape, a: a.stored, b: b.stored, bias: shape.hasBias ? bias : nil, c: c)
            }
        }
        let expected = Self.reference(shape, a, b, bias, before)
        #expect(worst(try #require(got.first), expected) { _ in (4 + Double(shape.k)) * rounding } <= 1)
    }

    @Test(arguments: forms.filter { $0.transposedB && $0.hasBias })
    func `a packed weight gives the same product`(shape: MatrixProduct.Shape) throws {
        let a = Factor(shape.m, shape.k, transposed: false, shape.precision, "a")
        let weight = Factor(shape.k, shape.n, transposed: true, .f32, "b")
        let rounded = Factor(shape.k, shape.n, transposed: true, shape.precision, "b")
        let bias = noise(shape.n, "bias")
        var packed = MatrixProduct.Shape(m: shape.m, n: shape.n, k: shape.k, precision: shape.precision)
        (packed.hasBias, packed.isPacked) = (true, true)
        let got = onOneThread(.current) { context in
            let layout = context.packedLayout(n: shape.n, k: shape.k, precision: shape.precision)
            return written(shape.m * shape.n) { c in
                let buffer = context.take(layout.floats)
                weight.values.withUnsafeBufferPointer { values in
                    if let base = values.baseAddress {
                        layout.pack(base, transposed: true, into: buffer.pointer, context)
                    }
                }
                context.multiply(packed, a: a.stored, b: buffer.pointer, bias: bias, c: c)
                context.recycle(buffer)
            }
        }
        var plain = packed
        plain.isPacked = false
        let expected = Self.reference(plain, a, rounded, bias, [])
        #expect(worst(try #require(got.first), expected) { _ in (4 + Double(shape.k)) * rounding } <= 1)
    }

    @Test(arguments: [(false, false), (true, false), (false, true)], [Float(0), 1])
    func `sgemm agrees`(transposed: (Bool, Bool), beta: Float) throws {
        let shape = MatrixProduct.Shape(
            m: 33, n: 20, k: 17, transposedA: transposed.0, transposedB: transposed.1, accumulates: beta == 1)
        let a = Factor(33, 17, transposed: transposed.0, .f32, "a")
        let b = Factor(17, 20, transposed: transposed.1, .f32, "b")
        let before = noise(33 * 20, "c")
        let got = onOneThread(.current) { _ in
            written(33 * 20, initial: before) {
                sgemm(
                    transposeA: transposed.0, transposeB: transposed.1, m: 33, n: 20, k: 17, a: a.values, b: b.values,
                    beta: beta, c: $0)
            }
        }
        #expect(worst(try #require(got.first), Self.reference(shape, a, b, [], before)) { _ in 21 * rounding } <= 1)
    }

    private static func reference(
        _ shape: MatrixProduct.Shape, _ a: Factor, _ b: Factor, _ bias: [Float], _ before: [Float]
    ) -> [Double] {
        (0..<shape.m).flatMap { row in
            (0..<shape.n).map { column in
                var sum = shape.hasBias ? Double(bias[column]) : 0
                if shape.accumulates { sum += Double(before[row * shape.n + column]) }
                return (0..<shape.k).reduce(sum) { $0 + a[row, $1] * b[$1, column] }
            }
        }
    }
}

/// A matrix as a product reads it.
struct Factor {
    private let rows: Int
    private let columns: Int
    private let transposed: Bool
    /// As f32, in the stored order; after rounding.
    let values: [Float]
    private let halves: [UInt16]?

    init(_ rows: Int, _ columns: Int, transposed: Bool, _ precision: Precision, _ name: String) {
        (self.rows, self.columns, self.transposed) = (rows, columns, transposed)
        let drawn = noise(rows * columns, name)
        halves = precision == .bf16 ? drawn.map(referenceBF16) : nil
        values = halves.map { $0.map { Float(bitPattern: UInt32($0) << 16) } } ?? drawn
    }

    subscript(row: Int, column: Int) -> Double {
        Double(values[transposed ? column * rows + row : row * columns + column])
    }

    /// The elements in the type that the product reads.
    var stored: [UInt16] {
        halves ?? values.flatMap { [UInt16(truncatingIfNeeded: $0.bitPattern), UInt16($0.bitPattern >> 16)] }
    }
}

/// The nearest bf16 number, ties to even, found by comparing the two neighbours.
func referenceBF16(_ x: Float) -> UInt16 {
    let below = UInt16(x.bitPattern >> 16)
    if !x.isFinite { return x.isNaN ? below | 0x40 : below }
    let (low, high) = (Double(Float(bitPattern: UInt32(below) << 16)), UInt32(below) + 1)
    let up = high & 0x7fff == 0x7f80 ? 0x1p128 * (x < 0 ? -1 : 1) : Double(Float(bitPattern: high << 16))
    let (toLow, toHigh) = (abs(Double(x) - low), abs(up - Double(x)))
    return toLow < toHigh || (toLow == toHigh && below % 2 == 0) ? below : UInt16(truncatingIfNeeded: high)
}
