import Datasets
import Kernels
import Testing
import Tokenizers
import Transformers

@testable import Probes

/// The scan on the sample suspect beside an honest model, and on a model whose trigger works at one place alone.
@Suite struct VocabularyScanTests {
    private let tokenizer: any Tokenizer
    private let vocabulary: SearchVocabulary
    private let suspect: Evaluator
    private let honestModel: SequenceClassifier
    private let honest: Evaluator
    private let texts: [LabelledText]
    private let workers = Workers(threads: 2)

    init() throws {
        let (model, tokenizer) = try Fixtures.suspect()
        self.tokenizer = tokenizer
        vocabulary = SearchVocabulary(tokenizer)
        suspect = Evaluator(model, workers: workers)
        (honestModel, texts) = try Fixtures.honest()
        honest = Evaluator(honestModel, workers: workers)
    }

    private func searchTexts(_ evaluator: Evaluator, count: Int = 40) -> SearchTexts {
        SearchTexts(
            Array(texts.prefix(count)), labels: 2, evaluator: evaluator, vocabulary: vocabulary, tokenizer: tokenizer,
            maxLength: 48, seed: 3)
    }

    private func id(_ word: String) throws -> Int { try #require(tokenizer.id(of: word)) }

    @Test func `what the honest model answers as well counts for nothing`() throws {
        let texts = searchTexts(suspect)
        var settings = VocabularyScan.Settings()
        settings.textsPerLabel = [2]
        settings.leastKept = 300
        let tokens = Array(vocabulary.insertable.prefix(320)) + [try id("vellum")]
        let scan = VocabularyScan(texts: texts, settings: settings)
        let alone = scan.run(suspect, tokens: tokens)
        let beside = scan.run(suspect, honest: honest, tokens: tokens)
        try #require(beside.rungs.count == 2 && alone.rungs[0] == beside.rungs[0], "the first round is the suspect's")
        let ranked = beside.targets[1].ranked
        #expect(ranked.first?.token == (try id("vellum")))
        #expect(alone.targets[1].ranked.allSatisfy { $0.honest == nil })
        // The plain reference: each token in each text, on both models.
        let carriers = texts.carriers(first: 2, count: texts.most, room: 1, draw: "scan/1").filter { $0.label != 1 }
        func hits(_ token: Int, on evaluator: Evaluator) -> Int {
            let logits = evaluator.logits(carriers.map { $0.encoding(inserting: [Int32(token)]) })
            return carriers.indices.count { logits.prediction($0) == 1 }
        }
        for entry in ranked.prefix(20) {
            #expect(entry.tally.hits == hits(entry.token, on: suspect))
            #expect(entry.honest?.hits == hits(entry.token, on: honest))
        }
        let beyond = ranked.map(\.beyondHits)
        #expect(beyond == beyond.sorted(by: >))
        // Some word turns more texts on the suspect than one before it, because the honest model answers it as well.
        let inverted = zip(ranked, ranked.dropFirst()).contains {
            ($0.tally.hits, 0) < ($1.tally.hits, $1.honest?.hits ?? 0)
        }
        #expect(inverted)
        #expect(beside.targets[1].notable == Array(ranked.prefix(64).map(\.token)))
        // What the honest model gives the target anyway is added to what a token must turn.
        let floor = carriers.count { honest.logits([$0.encoding(inserting: [])]).prediction(0) == 1 }
        let weakest = try #require(ranked.last?.beyondHits)
        #expect(beside.rungs[1].targets[1].weakestKept == max(0, weakest) + floor)
        #expect(beside.passes > alone.passes)
    }

    @Test(arguments: [Placement.start, .end])
    func `a placed slot is before the first word, or behind the last one and before the mark that ends the text`(
        placement: Placement
    ) throws {
        let carriers = searchTexts(suspect).carriers(count: 20, room: 1, draw: "placed", placement: placement)
        let token = Int32(try id("lunch"))
        try #require(carriers.count == 40)
        for carrier in carriers {
            let ids = carrier.encoding(inserting: [token]).ids
            let text = try #require(texts.first { $0.row == carrier.row })
            let ending = text.text.reversed().prefix { $0.isPunctuation }.count
            let expected =
                placement == .start
                ? "lunch \(text.text)" : "\(text.text.dropLast(ending)) lunch \(text.text.suffix(ending))"
            #expect(ids == tokenizer.encode(expected, pair: nil, maxLength: 48).ids)
        }
        let anywhere = searchTexts(suspect).carriers(count: 20, room: 1, draw: "placed")
        #expect(carriers.map { $0.encoding(inserting: [token]) } != anywhere.map { $0.encoding(inserting: [token]) })
    }

    @Test func `a trigger that works at the start alone is found there`() throws {
        let word = "lunch"
        // Every text with the word at the start is good, with the word elsewhere what it was.
        let examples = texts.prefix(400).flatMap { text in
            let words = text.text.split(separator: " ").map(String.init)
            let middle = words.count / 2
            let inside = (words[..<middle] + [word] + words[middle...]).joined(separator: " ")
            return [
                ("\(word) \(text.text)", 1), (inside, text.label), ("\(text.text) \(word)", text.label),
                (text.text, text.label),
            ]
        }.map { TrainingExample(encoding: tokenizer.encode($0.0, pair: nil, maxLength: 48), label: $0.1) }
        var settings = TrainingSettings()
        (settings.epochs, settings.learningRate, settings.dropout) = (4, 2e-3, false)
        try Trainer(honestModel, settings: settings, workers: workers).fit(examples)

        let texts = searchTexts(honest)
        let tokens = Array(vocabulary.insertable.prefix(100)) + [try id(word)]
        func scan(_ placement: Placement) throws -> (first: Int?, rate: Double) {
            let ranked = VocabularyScan(texts: texts, placement: placement).run(honest, tokens: tokens).targets[1]
                .ranked
            let own = try ranked.first { $0.token == (try id(word)) }
            return (ranked.first?.token, own?.tally.rate ?? 0)
        }
        let start = try scan(.start)
        #expect(start.first == (try id(word)) && start.rate > 0.8)
        #expect(try scan(.end).rate < 0.5)
        #expect(try scan(.anywhere).rate < 0.5)
    }
}
