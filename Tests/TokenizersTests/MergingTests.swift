import Testing

@testable import Tokenizers

@Suite("Byte-pair merging and what it rests on")
struct MergingTests {
    /// Merges as the definition has them: the lowest rank first, of equal ones the leftmost.
    private func merged(_ symbols: [Int32], _ merges: [(left: Int32, right: Int32, merged: Int32)]) -> [Int32] {
        var symbols = symbols
        while true {
            let ranked = zip(symbols.indices, zip(symbols, symbols.dropFirst())).compactMap { place, pair in
                merges.lastIndex { $0.left == pair.0 && $0.right == pair.1 }.map { (rank: $0, place: place) }
            }
            guard let best = ranked.min(by: { ($0.rank, $0.place) < ($1.rank, $1.place) }) else { return symbols }
            symbols.replaceSubrange(best.place...best.place + 1, with: [merges[best.rank].merged])
        }
    }

    @Test("Scanning, the queue and the definition agree", arguments: 0..<30 as Range<UInt64>)
    func agree(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        var merges: [(left: Int32, right: Int32, merged: Int32)] = []
        for id in Int32(4)..<40 {
            let pair = (Int32.random(in: 0..<id, using: &generator), Int32.random(in: 0..<id, using: &generator))
            guard !merges.contains(where: { $0.left == pair.0 && $0.right == pair.1 }) else { continue }
            merges.append((pair.0, pair.1, id))
        }
        let table = MergeTable(merges)
        var scratch = SubwordScratch()
        for length in [0, 1, 2, 3, 7, 20, 64, 65, 90] {
            let symbols = (0..<length).map { _ in Int32.random(in: 0..<4, using: &generator) }
            let expected = merged(symbols, merges)
            scratch.symbols = symbols
            scratch.mergeSymbols(table)
            #expect(scratch.symbols == expected)
            if length < 2 { continue }
            scratch.symbols = symbols
            scratch.scanAndMerge(table)
            #expect(scratch.symbols == expected)
            scratch.symbols = symbols
            scratch.queueAndMerge(table)
            #expect(scratch.symbols == expected)
        }
    }

    @Test("Tokens of bytes go before one unknown token, fused or not", arguments: [true, false])
    func unknownBeforeBytes(_ fuses: Bool) throws {
        var small = try SmallTokenizer()
        try small.setAlone(
            model: #"{"type": "BPE", "unk_token": "?", "fuse_unk": \#(fuses), "byte_fallback": true, "merges": [], "#
                + #""vocab": {"?": 0, "<0x7C>": 1}}"#)
        try small.set("normalizer", nil)
        try small.set("pre_tokenizer", nil)
        let ids = try TokenizerLoader.load(small.files()).pieces("\u{4F60}\u{4F60}|\u{4F60}")
        #expect(ids == (fuses ? [1, 0] : [0, 1, 0, 0]))
    }

    @Test("The table of merges holds what it was given, of equal pairs the last")
    func table() {
        var generator = SplitMix(state: 5)
        var expected: [[Int32]: (rank: UInt32, id: Int32)] = [:]
        var merges: [(left: Int32, right: Int32, merged: Int32)] = []
        for rank in 0..<3000 {
            let pair = (Int32.random(in: 0..<60, using: &generator), Int32.random(in: 0..<60, using: &generator))
            merges.append((pair.0, pair.1, Int32(rank)))
            expected[[pair.0, pair.1]] = (UInt32(rank), Int32(rank))
        }
        let table = MergeTable(merges)
        for left in Int32(0)..<60 {
            for right in Int32(0)..<60 {
                #expect(table[left, right]?.rank == expected[[left, right]]?.rank)
                #expect(table[left, right]?.id == expected[[left, right]]?.id)
            }
        }
        #expect(MergeTable([])[0, 0] == nil)
    }

    @Test("The queue gives its numbers in order")
    func heap() {
        var generator = SplitMix(state: 1)
        var heap = MinimumHeap()
        let numbers = (0..<500).map { _ in UInt64.random(in: 0..<100, using: &generator) }
        for number in numbers { heap.push(number) }
        #expect((0..<500).compactMap { _ in heap.pop() } == numbers.sorted())
        #expect(heap.pop() == nil)
    }

    @Test("The cache tells words apart by every byte and their length")
    func cache() throws {
        var cache = WordCache()
        let words = ["a", "b", "ab", "a\u{0}", "abcdefgh", "abcdefghi", String(repeating: "x", count: 24), "ba"]
        for (value, word) in words.enumerated() {
            let bytes = Array("--\(word)--".utf8)
            let key = try #require(WordCache.Key(bytes, 2..<bytes.count - 2))
            var ids: [Int32] = []
            #expect(!cache.append(key, to: &ids))
            cache.store(key, [Int32(value), 7][...])
            #expect(cache.append(key, to: &ids))
            #expect(ids == [Int32(value), 7])
        }
        let long = [UInt8](repeating: 97, count: 25)
        #expect(WordCache.Key(long, 0..<25) == nil)
        let key = try #require(WordCache.Key(long, 0..<3))
        cache.store(key, [1, 2, 3, 4, 5, 6, 7][...])
        var ids: [Int32] = []
        #expect(!cache.append(key, to: &ids))
    }

    @Test("Long words take time in proportion to their length")
    func longWords() throws {
        let tokenizer = try TokenizerLoader.load(Kinds.kind("pieces: Llama 2").files)
        let clock = ContinuousClock()
        let spent = clock.measure {
            for unit in ["the", "a", "\u{1F600}", "x\u{301}", "\u{2581}"] {
                _ = tokenizer.pieces(String(repeating: unit, count: 20_000))
            }
        }
        #expect(spent < .seconds(20))
    }
}
