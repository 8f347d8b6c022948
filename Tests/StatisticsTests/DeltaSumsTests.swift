import Testing

@testable import Statistics

/// Numbers that look random and are the same in every run, −1 to 1.
private func noise(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31
    }
}

@Suite struct DeltaSumsTests {
    static func reference(_ s: [Float], _ b: [Float]) -> DeltaSums {
        var sums = DeltaSums()
        for (x, y) in zip(s, b) { sums.add(x, y) }
        return sums
    }

    /// The sums at every instruction level of this processor.
    static func fast(_ s: [Float], _ b: [Float]) -> [DeltaSums] {
        s.withUnsafeBufferPointer { s in
            b.withUnsafeBufferPointer { b in DeltaSums.loops.map { DeltaSums(s, b, loop: $0) } }
        }
    }

    @Test(arguments: [0, 1, 3, 7, 8, 9, 16, 384, 1023, 4096])
    func everyLevelAgreesWithThePlainLoop(count: Int) {
        let b = noise(count, seed: 1)
        var s = noise(count, seed: 2)
        for i in stride(from: 0, to: count, by: 3) { s[i] = b[i] }
        let plain = Self.reference(s, b)
        let levels = Self.fast(s, b)
        for fast in levels {
            #expect(fast == levels[0], "every level gives the same bits")
            #expect(agree(fast.deltaSquared, plain.deltaSquared))
            #expect(agree(fast.deltaDotBase, plain.deltaDotBase, 1e-11))
            #expect(agree(fast.baseSquared, plain.baseSquared))
            #expect(agree(fast.suspectSquared, plain.suspectSquared))
            #expect(fast.maxAbsolute == plain.maxAbsolute)
            #expect(fast.changed == plain.changed && fast.changed == count - (count + 2) / 3)
            #expect(fast.nonFiniteInSuspect == 0 && fast.nonFiniteInBase == 0)
        }
    }

    @Test func buffersNeedNoAlignment() {
        let (s, b) = (noise(101, seed: 3), noise(101, seed: 4))
        let shifted = s.withUnsafeBufferPointer { s in
            b.withUnsafeBufferPointer { b in
                DeltaSums(UnsafeBufferPointer(rebasing: s[1...]), UnsafeBufferPointer(rebasing: b[1...]))
            }
        }
        #expect(Self.fast(Array(s[1...]), Array(b[1...])).allSatisfy { $0 == shifted })
    }

    @Test func theShorterBufferCounts() {
        #expect(Self.fast([3, 1, 9], [2]).allSatisfy { $0 == Self.reference([3], [2]) })
    }

    @Test(arguments: [0, 5, 9])
    func nonFiniteElementsAreCountedAndLeftOut(position: Int) {
        let b = noise(10, seed: 3)
        var s = b
        s[position] = .nan
        s[2] += 1
        var broken = b
        broken[7] = .infinity
        for sums in Self.fast(s, broken) {
            #expect(sums.nonFiniteInSuspect == 1 && sums.nonFiniteInBase == 1)
            #expect(agree(sums.deltaSquared, 1, 1e-6))
            #expect(sums.changed == 3)
            #expect(sums == Self.reference(s, broken))
        }
    }

    @Test func extremeValuesAreExact() {
        let big = [Float](repeating: .greatestFiniteMagnitude, count: 9)
        let tiny = [Float](repeating: .leastNonzeroMagnitude, count: 9)
        for sums in Self.fast(big, big.map { -$0 }) {
            #expect(sums.deltaSquared.isFinite && sums.nonFiniteInSuspect == 0)
            #expect(sums.maxAbsolute == 2 * Double(Float.greatestFiniteMagnitude))
        }
        for sums in Self.fast(tiny, tiny.map { _ in 0 }) {
            #expect(sums.maxAbsolute == Double(Float.leastNonzeroMagnitude) && sums.changed == 9)
        }
        #expect(Self.fast([0, -0.0], [-0.0, 0]).allSatisfy { $0.changed == 0 })
        #expect(Self.fast([.nan, .infinity], [.nan, .infinity]).allSatisfy { $0.changed == 0 })
    }
}
