import Testing

@testable import Tensors

@Suite struct CounterRandomTests {
    /// The stream's hash and the seed cancel, so that the Philox key is zero.
    static let zeroKey = CounterRandom(seed: 0xcbf2_9ce4_8422_2325 &- 0x9e37_79b9_7f4a_7c15, stream: "")

    @Test(
        arguments: [
            ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            (
                [UInt32](repeating: .max, count: 4), [.max, .max], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
            ),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
            ),
        ] as [([UInt32], [UInt32], [UInt32])])
    func `the reference gives the published vectors of Random123`(
        counter: [UInt32], key: [UInt32], expected: [UInt32]
    ) {
        #expect(ReferencePhilox(key: key).block(counter) == expected)
    }

    @Test func `counter and key zero give the published vector`() {
        #expect(Self.zeroKey.key == 0)
        #expect(Self.zeroKey.block(0) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    }

    @Test(arguments: [0, 1, 15, 0xFFFF_FFFF, 0x1_0000_0000, 0x0123_4567_89AB_CDEF, .max] as [UInt64])
    func `every block is Philox of its key and counter`(counter: UInt64) {
        for random in [Self.zeroKey, CounterRandom(seed: 7, stream: "shuffle"), CounterRandom(seed: .max, stream: "é")]
        {
            let key = [UInt32(truncatingIfNeeded: random.key), UInt32(truncatingIfNeeded: random.key >> 32)]
            let words = [UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), 0, 0]
            let block = random.block(counter)
            #expect((0..<4).map { block[$0] } == ReferencePhilox(key: key).block(words))
        }
    }

    @Test func `seed and stream both change the key`() {
        let keys = [(0, "a"), (1, "a"), (0, "b"), (0, ""), (1, "")].map { CounterRandom(seed: $0, stream: $1).key }
        #expect(Set(keys).count == keys.count)
        #expect(CounterRandom(seed: 3, stream: "mask").key == CounterRandom(seed: 3, stream: "mask").key)
    }

    @Test(arguments: [0, 1, 2, 3, 17, 1_000])
    func `a permutation holds every integer once`(count: Int) {
        let order = CounterRandom(seed: 1, stream: "order").permutation(count)
        #expect(order.sorted() == Array(0..<count))
        if count > 16 { #expect(order != Array(0..<count)) }
    }

    @Test func `every permutation of three is as likely`() {
        var counts: [[Int]: Int] = [:]
        for seed in 0..<6_000 {
            counts[CounterRandom(seed: UInt64(seed), stream: "order").permutation(3), default: 0] += 1
        }
        // χ² with 5 degrees of freedom is above 20.5 once in a thousand seeds; the draws are fixed.
        let chiSquared = counts.values.reduce(0) { $0 + Double(($1 - 1_000) * ($1 - 1_000)) / 1_000 }
        #expect(counts.count == 6 && chiSquared < 20.5)
    }

    @Test func `uniform numbers fill the unit interval evenly`() {
        let random = CounterRandom(seed: 2, stream: "uniform")
        let draws = (0..<100_000).map { random.uniform(at: UInt64($0)) }
        #expect(draws.allSatisfy { 0 <= $0 && $0 < 1 })
        var bins = [Int](repeating: 0, count: 64)
        for draw in draws { bins[Int(draw * 64)] += 1 }
        let expected = Double(draws.count) / 64
        let chiSquared = bins.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        // χ² with 63 degrees of freedom is above 103 once in a thousand seeds; the draws are fixed.
        #expect(chiSquared < 103)
        // Neighbours are uncorrelated: the correlation of n pairs has standard deviation 1/√n.
        let products = zip(draws, draws.dropFirst()).reduce(0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) }
        #expect(abs(products * 12 / Double(draws.count)) < 3.3 / Double(draws.count).squareRoot())
    }

    @Test func `integers below a bound reach each value and no other`() {
        let random = CounterRandom(seed: 5, stream: "below")
        let draws = (0..<7_000).map { random.below(7, at: UInt64($0)) }
        let counts = (0..<7).map { value in draws.count { $0 == value } }
        #expect(counts.reduce(0, +) == draws.count)
        // Each count has standard deviation √(7000 · 6/49) = 29.3; four of them.
        #expect(counts.allSatisfy { abs($0 - 1_000) < 118 })
        #expect((0..<100).allSatisfy { random.below(1, at: $0) == 0 })
    }

    @Test func `normal numbers have the moments of the standard normal`() {
        let random = CounterRandom(seed: 4, stream: "normal")
        let draws = (0..<100_000).map { random.normal(at: UInt64($0)) }
        var powers = SIMD4<Double>.zero
        for x in draws { powers += SIMD4(x, x * x, x * x * x, x * x * x * x) / Double(draws.count) }
        // Standard errors of the first four moments are √(1, 2, 15, 96) / √n; four of each.
        let error = 4 * (SIMD4(1, 2, 15, 96) / Double(draws.count)).squareRoot()
        let distance = powers - SIMD4(0, 1, 0, 3)
        #expect((0..<4).allSatisfy { abs(distance[$0]) < error[$0] })
    }
}
