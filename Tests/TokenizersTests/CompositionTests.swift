@_spi(_Unicode) import Swift
import Testing

@testable import Tokenizers

@Suite("Composition in Unicode 9.0")
struct CompositionTests {
    private func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        CanonicalComposition.shared.compose(CanonicalDecomposition.decompose(scalars))
    }

    @Test("Every character that composes from its parts does so")
    func everyComposite() {
        var count = 0
        for scalar in (UInt32(0xC0)...0x2FFFF).lazy.compactMap(Unicode.Scalar.init)
        where CanonicalDecomposition.isKnown(scalar) && CanonicalDecomposition.parts(scalar).count > 1 {
            guard Array(String(scalar)._nfc) == [scalar] else { continue }
            count += 1
            if composed([scalar]) != [scalar] { Issue.record("U+\(String(scalar.value, radix: 16))") }
        }
        #expect(count == 12_112)
        #expect(composed(["\u{474}", "\u{30F}"]) == ["\u{476}"])
    }

    @Test("A mark that cannot join does not keep a later one of a higher class from it")
    func blocked() {
        #expect(composed(["a", "\u{327}", "\u{301}"]) == ["\u{E1}", "\u{327}"])
        #expect(composed(["a", "\u{30A}", "\u{301}"]) == ["\u{1FB}"])
        #expect(composed(["b", "\u{30A}", "\u{301}"]) == ["b", "\u{30A}", "\u{301}"])
        #expect(composed(["\u{1100}", "\u{1161}", "\u{11A8}"]) == ["\u{AC01}"])
    }
}
