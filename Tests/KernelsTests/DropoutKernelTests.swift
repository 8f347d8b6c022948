import CKernels
import Tensors
import Testing

@testable import Kernels

@Suite struct DropoutKernelTests {
    static let random = CounterRandom(seed: 3, stream: "dropout")

    @Test(arguments: sizes, InstructionLevel.available)
    func `the mask is the Philox stream's`(count: Int, level: InstructionLevel) {
        let x = noise(count, "x")
        // The last block number carries into the counter's second word.
        for firstBlock in [0, 16, 0xFFFF_FFF8] as [UInt64] {
            let reference = ReferenceDropout(
                random: Self.random, firstBlock: firstBlock, threshold: 1 << 30, scale: 4.0 / 3)
            let expected = x.indices.map { x[$0] * Float(reference.factor($0)) }
            func run(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
                level.loops.pointee.dropout(x, y, count, Self.random.key, firstBlock, 1 << 30, 4.0 / 3)
            }
            #expect(written(count) { run(x, $0) } == expected)
            #expect(written(count, initial: x) { run($0, $0) } == expected)
        }
    }

    @Test(arguments: [0.1, 0.5, 0.9])
    func `the right share is dropped`(probability: Double) {
        let count = 100_000
        let ones = [Float](repeating: 1, count: count)
        let y = written(count) {
            InstructionLevel.current.loops.pointee.dropout(
                ones, $0, count, Self.random.key, 0, UInt32(probability * 0x1p32), 1)
        }
        let dropped = Double(y.count { $0 == 0 })
        // Four standard deviations of the binomial; the draws are fixed.
        #expect(abs(dropped - probability * 1e5) < 4 * (1e5 * probability * (1 - probability)).squareRoot())
    }
}
