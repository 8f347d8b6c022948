import CKernels
import Testing

@testable import Kernels

@Suite struct RoundingTests {
    @Test(arguments: sizes, InstructionLevel.available)
    func `bf16 is the nearest number, ties to even`(count: Int, level: InstructionLevel) {
        let special: [Float] = [
            0, -0.0, 1, -1, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
            .leastNonzeroMagnitude, Float(bitPattern: 0x3f80_8000), Float(bitPattern: 0x3f81_8000),
            Float(bitPattern: 0x3f80_8001), Float(bitPattern: 0x7f80_0001), Float(bitPattern: 0x3f80_7fff),
        ]
        let x = (noise(count, "x") + special).shuffled(seed: count)
        var y = [UInt16](repeating: 0, count: x.count)
        level.loops.pointee.round_to_bf16(x, &y, x.count)
        #expect(y == x.map(referenceBF16))
    }
}

extension Array<Float> {
    /// Turned by `seed` places, so that special values meet every lane.
    func shuffled(seed: Int) -> [Float] { Array(self[(seed % count)...] + self[..<(seed % count)]) }
}
