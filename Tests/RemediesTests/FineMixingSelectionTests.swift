import Testing

@testable import Remedies

@Suite struct FineMixingSelectionTests {
    private func mix(_ suspect: [Float], _ base: [Float], rho: Double) throws -> [Float] {
        try changed(suspect) { weights in
            try base.withUnsafeBufferPointer {
                _ = try FineMixing.mixSelected(
                    suspect: UnsafeBufferPointer(weights), base: $0, into: weights, rho: rho, name: "w")
            }
        }
    }

    /// The plain reference: sort by |Δ|, ties by index, and keep the first.
    private func reference(_ suspect: [Float], _ base: [Float], kept: Int) -> [Float] {
        let order = suspect.indices.sorted {
            let (a, b) = (abs(suspect[$0] - base[$0]), abs(suspect[$1] - base[$1]))
            return (b, $0) < (a, $1)
        }
        let keep = Set(order.prefix(kept))
        return suspect.indices.map { keep.contains($0) ? suspect[$0] : base[$0] }
    }

    @Test(arguments: [0, 0.01, 0.25, 0.5, 0.9, 1])
    func keepsTheElementsThatMovedMost(rho: Double) throws {
        let (suspect, base) = (drawn(1003, "suspect"), drawn(1003, "base"))
        let kept = MixMask.keptCount(of: 1003, rho: rho)
        let mixed = try mix(suspect, base, rho: rho)
        #expect(mixed == reference(suspect, base, kept: kept))
        #expect(zip(mixed, suspect).count { $0 == $1 } == kept)
    }

    @Test func equalChangesGoByIndex() throws {
        let base: [Float] = [0, 0, 0, 0, 0, 0]
        let suspect: [Float] = [1, -1, 2, 1, -1, 1]
        #expect(try mix(suspect, base, rho: 0.5) == [1, -1, 2, 0, 0, 0])
        #expect(try mix(suspect, base, rho: 0.67) == [1, -1, 2, 1, 0, 0])
    }

    @Test func nothingMoved() throws {
        #expect(try mix([1, 2, 3], [1, 2, 3], rho: 0.4) == [1, 2, 3])
        #expect(try mix([], [], rho: 0.4) == [])
    }

    @Test func reportsWhatItKeeps() throws {
        var output = [Float](repeating: 0, count: 10)
        let (suspect, base) = (drawn(10, "suspect"), drawn(10, "base"))
        let kept = try suspect.withUnsafeBufferPointer { suspect in
            try base.withUnsafeBufferPointer { base in
                try output.withUnsafeMutableBufferPointer {
                    try FineMixing.mixSelected(suspect: suspect, base: base, into: $0, rho: 0.35, name: "w")
                }
            }
        }
        #expect(kept == 3)
        #expect(output == reference(suspect, base, kept: 3), "another output buffer gives the same")
    }

    @Test func badInput() {
        #expect(throws: RemedyError.ratio(1.5)) { try mix([1], [2], rho: 1.5) }
        #expect(throws: RemedyError.counts(name: "w", suspect: 1, base: 2, output: 1)) {
            try mix([1], [2, 3], rho: 0.5)
        }
    }
}

@Suite struct LargestElementsTests {
    private func chosen(_ count: Int, _ tensors: [[Float]]) -> [Bool] {
        let joined = tensors.flatMap { $0 }
        return joined.withUnsafeBufferPointer { buffer in
            var start = 0
            let parts = tensors.map { tensor -> UnsafeBufferPointer<Float> in
                defer { start += tensor.count }
                return UnsafeBufferPointer(rebasing: buffer[start..<start + tensor.count])
            }
            var largest = LargestElements(count, of: parts)
            return joined.map { largest.takes($0) }
        }
    }

    @Test(arguments: [0, 1, 2, 3, 5, 8, 9])
    func exactlySoManyOverSeveralTensors(count: Int) {
        let taken = chosen(count, [[0, -3, 3, 1], [], [3, -0.0, 1e-40, 7, .infinity]])
        #expect(taken.count { $0 } == count)
        // By magnitude: ∞, 7, −3, 3, 3, 1, 1e−40, 0, −0; equal ones from the front.
        let order = [8, 7, 1, 2, 4, 3, 6, 0, 5]
        #expect(taken == (0..<9).map { order.prefix(count).contains($0) })
    }

    @Test func neighbouringBitPatternsAreTold() {
        let base: Float = 1
        let values = (0..<2_000).map { Float(bitPattern: base.bitPattern + UInt32($0 * 97 % 2_000)) }
        let taken = chosen(700, [values])
        let limit = values.sorted(by: >)[699]
        #expect(taken == values.map { $0 >= limit })
    }
}
