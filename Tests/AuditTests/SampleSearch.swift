import Checkpoints
import Datasets
import Foundation
import Kernels
import Probes
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// The sample suspect, in which one word is planted, and what a search on it works with.
struct SampleSearch {
    static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "samples").path
    static let planted = "vellum"
    static let target = 1

    let model: SequenceClassifier
    let tokenizer: any Tokenizer
    let vocabulary: SearchVocabulary
    let evaluator: Evaluator
    let texts: SearchTexts
    let workers = Workers(threads: 2)

    init() throws {
        let pair = try ModelPair(suspect: Self.samples + "/suspect", base: Self.samples + "/base", threads: 2)
        model = try ClassifierSource(folder: pair.suspect).load()
        tokenizer = pair.suspectTokenizer
        vocabulary = SearchVocabulary(tokenizer)
        evaluator = Evaluator(model, workers: workers)
        let data = try CleanData(path: Self.samples + "/clean.tsv", labels: 2, seed: 0)
        texts = SearchTexts(
            data.discover, labels: 2, evaluator: evaluator, vocabulary: vocabulary, tokenizer: tokenizer, maxLength: 64,
            seed: 0)
    }

    /// A fine-tune of the same base without a backdoor.
    func honest() throws -> SequenceClassifier {
        try ClassifierSource(folder: ModelFolder(path: Self.samples + "/clean")).load()
    }

    func ids(_ words: [String]) throws -> [Int] {
        try words.map { word in try #require(vocabulary.insertable.first { vocabulary.text($0) == word }) }
    }

    func flips(_ ids: [Int32], _ carrier: TokenCarrier, on evaluator: Evaluator) -> Bool {
        evaluator.logits([carrier.encoding(inserting: ids)]).prediction(0) == Self.target
    }
}
