import Tensors
import Testing

@testable import Remedies

@Suite struct MixMaskTests {
    static let counts = [0, 1, 2, 3, 4, 5, 7, 10, 97, 1000, 4099, 50_001]
    static let ratios = [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.999, 1]

    /// The plain reference: sort every element by (key, index) and keep the first ⌊ρ·n⌋.
    static func reference(count: Int, kept: Int, seed: UInt64, name: String) -> Set<Int> {
        let random = CounterRandom(seed: seed, stream: "fine-mixing/" + name)
        let keys = (0..<count).map { random.block(UInt64($0 / 4))[$0 % 4] }
        return Set((0..<count).sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }.prefix(kept))
    }

    @Test(arguments: counts, ratios)
    func keepsExactlyTheSmallestKeys(count: Int, rho: Double) throws {
        let mask = try MixMask(count: count, rho: rho, seed: 7, name: "a.weight")
        let kept = Set((0..<count).filter(mask.keeps))
        #expect(kept.count == mask.kept)
        #expect(kept == Self.reference(count: count, kept: mask.kept, seed: 7, name: "a.weight"))
    }

    @Test(arguments: [0.0, 1e-4, 0.01, 1, 1e6])
    func windowWidthDoesNotMatter(deviations: Double) throws {
        for rho in [0.01, 0.5, 0.97] {
            let plain = try MixMask(count: 20_000, rho: rho, seed: 3, name: "w")
            let other = try MixMask(count: 20_000, rho: rho, seed: 3, name: "w", deviations: deviations)
            #expect(plain.last == other.last)
        }
    }

    @Test func nestedInRho() throws {
        let masks = try stride(from: 0.0, through: 1, by: 0.1).map {
            try MixMask(count: 5003, rho: $0, seed: 1, name: "layer.0.weight")
        }
        for (smaller, larger) in zip(masks, masks.dropFirst()) {
            #expect((0..<5003).allSatisfy { !smaller.keeps($0) || larger.keeps($0) })
        }
    }

    @Test func keyedBySeedAndName() throws {
        let masks = try [(1, "a"), (2, "a"), (1, "b")].map { try MixMask(count: 4000, rho: 0.5, seed: $0, name: $1) }
        for other in masks.dropFirst() {
            let agreeing = (0..<4000).count { masks[0].keeps($0) == other.keeps($0) }
            #expect(abs(agreeing - 2000) < 200)
        }
    }

    @Test func spreadEvenly() throws {
        let mask = try MixMask(count: 40_000, rho: 0.3, seed: 11, name: "w")
        for start in stride(from: 0, to: 40_000, by: 4000) {
            let share = Double((start..<(start + 4000)).count(where: mask.keeps)) / 4000
            #expect(abs(share - 0.3) < 0.04)
        }
        for lane in 0..<4 {
            let share = Double((0..<10_000).count { mask.keeps(4 * $0 + lane) }) / 10_000
            #expect(abs(share - 0.3) < 0.02)
        }
    }

    @Test(arguments: [
        (100, 0.29, 29), (10, 0.3, 3), (10, 0.7, 7), (10, 0.35, 3), (3, 0.5, 1), (1, 0.99, 0),
        (1_000_000, 0.57, 570_000),
        (0, 0.5, 0), (7, 1, 7), (9, 0, 0),
    ])
    func floorOfTheProduct(count: Int, rho: Double, kept: Int) {
        #expect(MixMask.keptCount(of: count, rho: rho) == kept)
    }

    @Test(arguments: [-0.1, 1.1, Double.nan, .infinity])
    func badRatio(rho: Double) {
        #expect(throws: RemedyError.self) { try MixMask(count: 4, rho: rho, seed: 0, name: "w") }
    }

    @Test func nothingOutsideTheTensor() throws {
        let mask = try MixMask(count: 4, rho: 1, seed: 0, name: "w")
        #expect(!mask.keeps(-1) && !mask.keeps(4) && mask.keeps(3))
        #expect(try MixMask(count: -5, rho: 1, seed: 0, name: "w").count == 0)
    }
}
