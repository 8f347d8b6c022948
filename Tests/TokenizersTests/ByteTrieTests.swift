import Testing

@testable import Tokenizers

@Suite("Byte tries")
struct ByteTrieTests {
    @Test("Longest matches equal a search of all keys", arguments: 0..<20)
    func longestMatch(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        func bytes(_ length: Int) -> [UInt8] { (0..<length).map { _ in UInt8.random(in: 97...99, using: &generator) } }
        let keys = Array(Set((0..<40).map { _ in bytes(Int.random(in: 0...5, using: &generator)) }))
        let trie = ByteTrie(keys.enumerated().map { (key: $1[...], value: Int32($0)) })
        for (value, key) in keys.enumerated() { #expect(trie.value(of: key) == Int32(value)) }
        for _ in 0..<50 {
            let text = bytes(12)
            let start = Int.random(in: 0...12, using: &generator)
            let best = keys.filter { !$0.isEmpty && text[start...].starts(with: $0) }.max { $0.count < $1.count }
            let match = trie.longestMatch(in: text, start..<12)
            #expect(match?.end == best.map { start + $0.count })
            #expect(match?.value == best.flatMap { trie.value(of: $0) })
        }
    }

    @Test("Without keys nothing matches")
    func empty() {
        let trie = ByteTrie([])
        #expect(trie.value(of: []) == nil)
        #expect(trie.longestMatch(in: [1, 2], 0..<2) == nil)
        #expect(ByteTrie([([1], 5), ([1], 5)]).value(of: [1]) == 5)
    }
}

/// A seeded generator of random numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
