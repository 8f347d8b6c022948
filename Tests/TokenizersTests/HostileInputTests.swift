import Testing

@testable import Tokenizers

@Suite("Hostile input neither traps nor takes long")
struct HostileInputTests {
    @Test("Changed bytes of tokenizer.json and tokenizer_config.json", arguments: 0..<8)
    func changedBytes(_ seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        var small = try SmallTokenizer()
        try small.append(addedToken: SmallTokenizer.added("<new>", id: 20))
        let files = small.files(
            config: #"{"tokenizer_class": "BertTokenizer", "model_max_length": 5, "cls_token": "a"}"#)
        let alphabet = Array("0123456789-eE.\"{}[]:,ntfu\\ABab#".utf8)
        for _ in 0..<250 {
            var changed = files
            for keyPath in [\TokenizerFiles.tokenizerJSON, \.tokenizerConfig] {
                guard var bytes = files[keyPath: keyPath] else { continue }
                for _ in 0..<Int.random(in: 0...3, using: &generator) {
                    let index = Int.random(in: 0..<bytes.count, using: &generator)
                    bytes[index] = alphabet.randomElement(using: &generator) ?? 0
                }
                changed[keyPath: keyPath] = bytes
            }
            guard let tokenizer = try? TokenizerLoader.load(changed) else { continue }
            let encoding = tokenizer.encode("The film <new> a\u{301} \u{4F60}", pair: "b[MASK]", maxLength: 9)
            #expect(encoding.ids.allSatisfy { $0 >= 0 && $0 < tokenizer.vocabularySize })
            #expect(encoding.typeIDs.count == encoding.ids.count)
        }
    }

    @Test("Texts that make greedy matching and white space expensive")
    func expensive() throws {
        var small = try SmallTokenizer()
        try small.set("model.max_input_chars_per_word", "1000")
        try small.append(
            addedToken: #"{"id": 20, "content": "\t", "lstrip": true, "rstrip": true, "normalized": false}"#)
        try small.append(addedToken: #"{"id": 21, "content": "  ", "lstrip": true, "normalized": false}"#)
        let tokenizer = try TokenizerLoader.load(small.files())
        let clock = ContinuousClock()
        let spent = clock.measure {
            for unit in ["a", "\t", "  ", " \t", "\u{301}", "\u{4F60}", "[MASK", "\u{1F600}"] {
                let text = String(repeating: unit, count: 100_000)
                _ = tokenizer.pieces(text)
            }
        }
        #expect(spent < .seconds(4))
    }

    @Test("Several threads at once give what one gives")
    func concurrency() async throws {
        let tokenizer = try TokenizerLoader.load(Fixtures.reference("bert"))
        let texts = (0..<200).map { "a good film number \($0), caf\u{E9} \u{4F60}\u{597D}" }
        let expected = texts.map { tokenizer.encode($0, pair: nil, maxLength: 12) }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask { texts.map { tokenizer.encode($0, pair: nil, maxLength: 12) } == expected }
            }
            for await same in group { #expect(same) }
        }
    }
}
