import StrictJSON
import Testing

@testable import Tokenizers

@Suite("Every kind of tokenizer gives the reference's ids")
struct KindTests {
    @Test("Variants made by Tests/Tokenizers/make_fixtures.py", arguments: Kinds.names)
    func ids(_ name: String) throws {
        let kind = try Kinds.kind(name)
        let tokenizer = try TokenizerLoader.load(kind.files)
        #expect(kind.ids.count == Kinds.texts.count)
        for (text, ids) in zip(Kinds.texts, kind.ids) {
            let shown = text.unicodeScalars.map { String($0.value, radix: 16) }
            #expect(tokenizer.encode(text, pair: nil, maxLength: .max).ids == ids, "\(shown)")
        }
        let first = try #require(Kinds.texts.first)
        let pair = tokenizer.encode(first, pair: Kinds.texts.last, maxLength: .max)
        #expect(pair.ids == kind.pair)
        #expect(tokenizer.usesTypeIDs && pair.typeIDs == kind.types)
    }

    @Test("A word met again has the same ids", arguments: ["bytes: Llama 3", "pieces: Llama 2", "unigram: bytes"])
    func cache(_ name: String) throws {
        let tokenizer = try TokenizerLoader.load(Kinds.kind(name).files)
        let once = Kinds.texts.map { tokenizer.pieces($0) }
        #expect(Kinds.texts.map { tokenizer.pieces($0) } == once)
        let apart = try Kinds.texts.map { try TokenizerLoader.load(Kinds.kind(name).files).pieces($0) }
        #expect(apart == once)
    }

    @Test("Insertable texts encode to their id between other words", arguments: Kinds.bases)
    func insertable(_ name: String) throws {
        let tokenizer = try TokenizerLoader.load(Kinds.kind(name).files)
        let ids = (0..<tokenizer.vocabularySize).filter { tokenizer.insertableText(for: $0) != nil }
        #expect(ids.count > 20)
        let alone = tokenizer.pieces("the garden")
        for id in ids {
            let text = try #require(tokenizer.insertableText(for: id))
            #expect(tokenizer.piecesBetweenSpaces(text) == [Int32(id)])
            let around = tokenizer.pieces("the garden \(text) the garden")
            #expect(around.starts(with: alone) && around[alone.count] == Int32(id), "\(text)")
        }
    }

    @Test("Frequency ranks follow scores and merges")
    func frequency() throws {
        let unigram = try TokenizerLoader.load(Kinds.kind("unigram: plain").files)
        let ranked = (0..<unigram.vocabularySize).filter { unigram.frequencyRank($0) != nil }
            .sorted { (unigram.frequencyRank($0) ?? 0) < (unigram.frequencyRank($1) ?? 0) }
        let scores = ranked.map { unigram.logProbability($0) ?? .nan }
        #expect(ranked.count > 20)
        #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 >= $1 })
        for id in unigram.specialIDs { #expect(unigram.logProbability(id) == nil) }

        let bytes = try TokenizerLoader.load(Kinds.kind("bytes: GPT-2").files)
        let merges = try #require(Kinds.merges(of: "bytes"))
        let merged = merges.prefix(30).compactMap { bytes.id(of: $0.joined()) }.compactMap(bytes.frequencyRank)
        #expect(merged.count == 30 && merged == merged.sorted())
        #expect(merged.first.map { $0 >= 256 } ?? false)
        #expect(bytes.logProbability(300) == nil)
    }
}

/// The tokenizers of `tokenizers/kinds.json` with the ids that the reference gives to each text.
enum Kinds {
    struct Kind {
        let files: TokenizerFiles
        let ids: [[Int32]]
        let pair: [Int32]
        let types: [Int32]
    }

    private static let document = (try? Fixtures.json("tokenizers/kinds.json")) ?? JSONObject()

    static let texts = (document["texts"]?.arrayValue ?? []).compactMap(\.stringValue)
    static let names = (document["variants"]?.objectValue?.members ?? []).map(\.key)
    /// One variant of each base.
    static let bases = [
        "bytes: GPT-2", "bytes: Llama 3", "pieces: Llama 2", "suffix: CLIP", "prefix: continuation", "unigram: plain",
    ]

    static func kind(_ name: String) throws -> Kind {
        let cases = try #require(document["cases"]?.objectValue?[name]?.objectValue)
        return Kind(
            files: TokenizerFiles(
                folderName: "kinds", tokenizerJSON: JSONValue.object(try json(name)).serialized(),
                tokenizerConfig: Array(
                    #"{"tokenizer_class": "PreTrainedTokenizerFast", "model_input_names": ["token_type_ids"]}"#.utf8)),
            ids: try #require(cases["ids"]?.arrayValue).map { $0.ids ?? [] }, pair: cases["pair"]?.ids ?? [],
            types: cases["types"]?.ids ?? [])
    }

    /// A variant's tokenizer.json: its base with some members replaced, those of the model one by one.
    static func json(_ name: String) throws -> JSONObject {
        let variant = try #require(document["variants"]?.objectValue?[name]?.objectValue)
        let base = try #require(variant["base"]?.stringValue)
        var result = try #require(document["bases"]?.objectValue?[base]?.objectValue)
        for change in variant["json"]?.objectValue?.members ?? [] {
            guard change.key == "model", var model = result["model"]?.objectValue else {
                result[change.key] = change.value
                continue
            }
            for field in change.value.objectValue?.members ?? [] { model[field.key] = field.value }
            result["model"] = .object(model)
        }
        return result
    }

    static func merges(of base: String) -> [[String]]? {
        document["bases"]?.objectValue?[base]?.objectValue?["model"]?.objectValue?["merges"]?.arrayValue?
            .compactMap { $0.arrayValue?.compactMap(\.stringValue) }
    }
}
