import StrictJSON
import Testing

@testable import Tokenizers

@Suite("Token ids equal those of the Hugging Face tokenizer")
struct ReferenceTests {
    @Test("Reference models", arguments: ["bert", "bert-pair-3"])
    func referenceModel(_ name: String) throws {
        let reference = try Fixtures.json("reference/\(name)/reference.json")
        let tokenizer = try TokenizerLoader.load(Fixtures.reference(name))
        let maxLength = try #require(reference["max_length"]?.intValue)
        let cases = try #require(reference["cases"]?.arrayValue)
        #expect(cases.count == 18)
        for entry in cases {
            let entry = try #require(entry.objectValue)
            let text = try #require(entry["text"]?.stringValue)
            let encoding = tokenizer.encode(text, pair: entry["pair"]?.stringValue, maxLength: maxLength)
            #expect(encoding.ids == entry["input_ids"]?.ids, "\(text)")
            #expect(encoding.typeIDs == Array(repeating: 0, count: encoding.ids.count))
        }
    }

    @Test("Settings of every kind", arguments: try Variant.all())
    func variant(_ variant: Variant) throws {
        let tokenizer = try TokenizerLoader.load(variant.files)
        #expect(!variant.cases.isEmpty)
        for entry in variant.cases {
            let text = try #require(entry["text"]?.stringValue)
            let encoding = tokenizer.encode(
                text, pair: entry["pair"]?.stringValue, maxLength: entry["max_length"]?.intValue ?? .max)
            let shown = text.unicodeScalars.map { String($0.value, radix: 16) }
            #expect(encoding.ids == entry["ids"]?.ids, "\(shown)")
            if let types = entry["type_ids"]?.ids {
                #expect(tokenizer.usesTypeIDs)
                #expect(encoding.typeIDs == types, "\(shown)")
            } else {
                #expect(!tokenizer.usesTypeIDs)
            }
        }
    }
}

/// A tokenizer of `tokenizers/wordpiece.json` with the texts that the reference encoded with it.
struct Variant: CustomTestStringConvertible, Sendable {
    let name: String
    let files: TokenizerFiles
    let cases: [JSONObject]

    var testDescription: String { name }

    static func all() throws -> [Variant] {
        let fixture = try Fixtures.json("tokenizers/wordpiece.json")
        let base = try #require(fixture["base"]?.objectValue)
        let tokens = try #require(fixture["tokens"]?.arrayValue).compactMap(\.stringValue)
        let cases = Dictionary(
            grouping: try #require(fixture["cases"]?.arrayValue).compactMap(\.objectValue),
            by: { $0["tokenizer"]?.stringValue ?? "" })
        return try #require(fixture["variants"]?.objectValue).members.map { member in
            let settings = try #require(member.value.objectValue)
            var files = TokenizerFiles(folderName: member.key, modelType: "bert")
            if let changes = settings["json"]?.objectValue {
                files.tokenizerJSON = try tokenizerJSON(base, changes, tokens)
            } else {
                files.vocabularyText = SmallTokenizer.vocabularyText(tokens)
            }
            files.tokenizerConfig = settings["config"]?.objectValue.map { JSONValue.object($0).serialized() }
            return Variant(name: member.key, files: files, cases: cases[member.key] ?? [])
        }
    }

    private static func tokenizerJSON(
        _ base: JSONObject, _ changes: JSONObject, _ tokens: [String]
    ) throws -> [UInt8] {
        var root = base
        for change in changes.members { root[change.key] = change.value }
        var model = try #require(root["model"]?.objectValue)
        var vocabulary = JSONObject()
        for (id, token) in tokens.enumerated() { vocabulary[token] = .integer(id) }
        model["vocab"] = .object(vocabulary)
        root["model"] = .object(model)
        return JSONValue.object(root).serialized()
    }
}

extension JSONValue {
    /// The integers of an array.
    var ids: [Int32]? { arrayValue?.compactMap { $0.intValue.map { Int32(clamping: $0) } } }
}
