import Testing

@testable import Tokenizers

@Suite("Scores as the reference reads them")
struct ReferenceNumberTests {
    @Test(
        "Numbers that the reference reads a unit in the last place off, and others",
        arguments: [
            (-3.8403773307800293, -3.8403773307800297), (-3.8803000450134277, -3.880300045013428),
            (-7.3149590492248535, -7.314959049224853), (-7.4510698318481445, -7.451069831848144),
            (-7.5209479331970215, -7.520947933197021), (0, 0), (-20, -20), (0.5, 0.5), (-1.5, -1.5), (1e10, 1e10),
            (1e-5, 1e-5), (1e300, 1e300),
        ])
    func read(_ written: Double, _ expected: Double) { #expect(ReferenceNumber.read(written) == expected) }

    @Test("No number moves by more than two units in the last place", arguments: 0..<4 as Range<UInt64>)
    func near(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        for _ in 0..<500 {
            let number = Double(bitPattern: UInt64.random(in: .min ... .max, using: &generator))
            guard number.isFinite else { continue }
            let read = ReferenceNumber.read(number)
            #expect(abs(read - number) <= 2 * number.ulp)
        }
    }
}
