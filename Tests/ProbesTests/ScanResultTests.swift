import Testing

@testable import Probes

@Suite struct ScanResultTests {
    private static func rung(measured: Int, kept: Int, trials: Int, weakestKept: Int) -> ScanResult.Rung {
        ScanResult.Rung(
            tokens: measured, textsPerLabel: trials, passes: measured * trials,
            targets: [
                ScanResult.RungTarget(measured: measured, kept: kept, trials: trials, weakestKept: weakestKept)
            ])
    }

    @Test(arguments: [
        // (count, trials, rate, P(X > count)), summed by hand.
        (0, 1, 0.25, 0.25), (1, 2, 0.5, 0.25), (2, 4, 0.5, 0.3125), (6, 8, 0.9, 0.81310473),
        (-1, 3, 0.2, 1), (3, 3, 0.9, 0), (2, 3, 1, 1), (0, 3, 0, 0),
    ])
    func theTailOfABinomial(count: Int, trials: Int, rate: Double, tail: Double) {
        #expect(abs(binomialTail(above: count, of: trials, rate: rate) - tail) < 1e-12)
    }

    @Test func powerIsTheChanceToComeThroughEveryRung() {
        let result = ScanResult(
            rungs: [
                Self.rung(measured: 100, kept: 10, trials: 4, weakestKept: 2),
                Self.rung(measured: 10, kept: 2, trials: 8, weakestKept: 6),
            ], targets: [])
        let expected = (4 * 0.9 * 0.9 * 0.9 * 0.1 + 0.9 * 0.9 * 0.9 * 0.9) * 0.81310473
        #expect(abs(result.power(target: 0, rate: 0.9) - expected) < 1e-12)
        #expect(result.power(target: 0, rate: 1) == 1)
        #expect(result.power(target: 0, rate: 0) == 0)
        #expect(result.passes == 100 * 4 + 10 * 8)
    }

    @Test func aRungThatKeepsAllLosesNothing() {
        let all = ScanResult(rungs: [Self.rung(measured: 10, kept: 10, trials: 8, weakestKept: 0)], targets: [])
        #expect(all.power(target: 0, rate: 0.1) == 1)
    }
}
