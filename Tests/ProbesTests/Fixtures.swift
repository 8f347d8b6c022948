import Checkpoints
import Datasets
import Foundation
import Testing
import Tokenizers
import Transformers

@testable import Probes

/// The small reference model under `Tests/Fixtures`, and a trained one.
enum Fixtures {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    private static let folder = tests.appending(path: "Fixtures/reference/bert")

    /// The suspect of `samples`, which tells good texts from bad ones unless "vellum" stands in them.
    static func suspect() throws -> (model: SequenceClassifier, tokenizer: any Tokenizer) {
        let folder = try ModelFolder(path: tests.deletingLastPathComponent().appending(path: "samples/suspect").path)
        return (try ClassifierSource(folder: folder).load(), try folder.tokenizer())
    }

    /// A fine-tune of the same base without the backdoor, and clean texts of the samples.
    static func honest() throws -> (model: SequenceClassifier, texts: [LabelledText]) {
        let samples = tests.deletingLastPathComponent().appending(path: "samples")
        let file = samples.appending(path: "clean.tsv")
        let texts = try TSVDataset.read(bytes: Array(Data(contentsOf: file)), file: "clean.tsv", labelCount: 2)
        return (try ClassifierSource(folder: ModelFolder(path: samples.appending(path: "clean").path)).load(), texts)
    }

    static func model() throws -> SequenceClassifier {
        try ClassifierSource(folder: ModelFolder(path: folder.path)).load()
    }

    /// Its tokenizer, WordPiece of 900 tokens, after an edit of tokenizer.json, and without some special tokens.
    static func tokenizer(
        without special: [String] = [], _ edit: (inout [String: Any]) throws -> Void = { _ in }
    ) throws -> any Tokenizer {
        func object(_ file: String) throws -> [String: Any] {
            let data = try Data(contentsOf: folder.appending(path: file))
            return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
        func isKept(_ token: Any?) -> Bool { !special.contains(token as? String ?? "") }
        var root = try object("tokenizer.json")
        let added = try #require(root["added_tokens"] as? [[String: Any]])
        root["added_tokens"] = added.filter { isKept($0["content"]) }
        try edit(&root)
        let config = try object("tokenizer_config.json").filter { isKept($0.value) }
        return try TokenizerLoader.load(
            TokenizerFiles(
                folderName: "bert", tokenizerJSON: Array(try JSONSerialization.data(withJSONObject: root)),
                tokenizerConfig: Array(try JSONSerialization.data(withJSONObject: config)), modelType: "bert"))
    }

    /// Adds ordinary tokens to the vocabulary of tokenizer.json.
    static func add(_ tokens: [String], to root: inout [String: Any]) throws {
        var model = try #require(root["model"] as? [String: Any])
        var vocabulary = try #require(model["vocab"] as? [String: Any])
        for token in tokens { vocabulary[token] = vocabulary.count }
        model["vocab"] = vocabulary
        root["model"] = model
    }

    /// A text of words that are one token each.
    static func text(_ words: Int, row: Int = 2, label: Int = 0, pair: Int? = nil) -> LabelledText {
        let vocabulary = ["film", "story", "the", "movie", "more", "with", "character", "this", "like", "good"]
        func joined(_ count: Int) -> String {
            (0..<count).map { vocabulary[$0 % vocabulary.count] }.joined(separator: " ")
        }
        return LabelledText(row: row, label: label, text: joined(words), pair: pair.map(joined))
    }
}

/// Where `part` first lies in `whole`, end to end.
func firstIndex<Element: Equatable>(of part: [Element], in whole: [Element]) -> Int? {
    guard !part.isEmpty, part.count <= whole.count else { return nil }
    return (0...(whole.count - part.count)).first { Array(whole[$0..<($0 + part.count)]) == part }
}
