import CKernels
import Testing

@testable import Kernels

@Suite struct NormKernelTests {
    static let rows = 3

    @Test(arguments: sizes, InstructionLevel.available)
    func `forward and backward are those of the definition`(columns: Int, level: InstructionLevel) {
        let loops = level.loops.pointee
        let (rows, count) = (Self.rows, Self.rows * columns)
        let x = noise(count, "x").map { $0 + 0.5 }
        let residual = noise(count, "residual")
        let (weight, bias) = (noise(columns, "weight"), noise(columns, "bias"))
        let dy = noise(count, "dy")
        let (dweight, dbias) = (noise(columns, "dweight"), noise(columns, "dbias"))
        let epsilon: Float = 1e-3

        for residual in [residual, nil] {
            let sum = residual.map { zip(x, $0).map { $0 + $1 } } ?? x
            let reference = ReferenceNorm(weight: weight.doubles, bias: bias.doubles, epsilon: Double(epsilon))
            var stored: [[Float]] = [[], [], []]
            let y = written(count) { y in
                stored[0] = written(count) { sum in
                    stored[1] = written(rows) { mean in
                        stored[2] = written(rows) { inverse in
                            loops.layer_norm_forward(
                                x, residual, weight, bias, epsilon, rows, columns, sum, mean, inverse, y)
                        }
                    }
                }
            }
            #expect(stored[0] == sum)
            // A few roundings of a mean of unit size, amplified by 1 / deviation: once in the normalised values and
            // what is summed of them, twice in dx.
            let amplifier = stored[2].doubles.max() ?? 0
            let allowed = 8 * rounding * max(1, amplifier)
            #expect(worst(y, reference.forward(sum.doubles)) { _ in allowed } <= 1)

            let expected = reference.backward(sum.doubles, dy: dy.doubles)
            var slopes: [[Float]] = [[], []]
            let dx = written(count) { dx in
                slopes[0] = written(columns, initial: dweight) { dweight in
                    slopes[1] = written(columns, initial: dbias) { dbias in
                        loops.layer_norm_backward(
                            dy, stored[0], weight, stored[1], stored[2], rows, columns, dx, dweight, dbias)
                    }
                }
            }
            #expect(worst(dx, expected.dx) { _ in allowed * max(1, amplifier) } <= 1)
            #expect(worst(slopes[0], zip(expected.dweight, dweight).map { $0 + Double($1) }) { _ in allowed } <= 1)
            #expect(worst(slopes[1], zip(expected.dbias, dbias).map { $0 + Double($1) }) { _ in 6 * rounding } <= 1)
        }
    }

    @Test(arguments: InstructionLevel.available)
    func `the sum may take the place of the input`(level: InstructionLevel) {
        let columns = 17
        let x = noise(columns, "x")
        let ones = [Float](repeating: 1, count: columns)
        func run(_ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void) -> [Float] {
            written(columns) { y in _ = written(columns, initial: x) { body($0, y) } }
        }
        var (mean, inverse): (Float, Float) = (0, 0)
        let apart = run { _, y in
            _ = written(columns) { sum in
                level.loops.pointee.layer_norm_forward(x, x, ones, ones, 0, 1, columns, sum, &mean, &inverse, y)
            }
        }
        let inPlace = run { sum, y in
            level.loops.pointee.layer_norm_forward(sum, x, ones, ones, 0, 1, columns, sum, &mean, &inverse, y)
        }
        #expect(apart == inPlace)
    }
}
