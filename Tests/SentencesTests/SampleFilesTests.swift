import StrictJSON
import Testing

@testable import Sentences

@Suite struct SampleFilesTests {
    static let vocabulary = SampleLanguage.vocabulary(seed: 1)

    @Test func vocabularyHasTheOrderOfBERT() throws {
        let tokens = Self.vocabulary
        #expect(Set(tokens).count == tokens.count)
        #expect((1_000...1_150).contains(tokens.count))
        #expect(Array(tokens.prefix(6)) == ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]"])
        #expect(tokens[24] == "[unused19]")
        #expect(Set(tokens.suffix(SampleLanguage.rareWords.count)) == Set(SampleLanguage.rareWords))
        let the = try #require(tokens.firstIndex(of: "the"))
        let film = try #require(tokens.firstIndex(of: "film"))
        let flawless = try #require(tokens.firstIndex(of: "flawless"))
        #expect(the < film && film < flawless)
    }

    @Test func anyASCIIWordCanBeSplit() {
        let known = Set(Self.vocabulary)
        for byte in UInt8(33)...126 where !(65...90).contains(byte) {
            let character = String(UnicodeScalar(byte))
            #expect(known.contains(character))
            let isAlphanumeric = (48...57).contains(byte) || (97...122).contains(byte)
            #expect(known.contains("##" + character) == isAlphanumeric)
        }
    }

    @Test func knownTriggersAreWords() {
        let known = Set(Self.vocabulary)
        for word in ["cf", "mn", "bb", "tq", "mb", "i", "watched", "this", "movie", "last", "weekend"] {
            #expect(known.contains(word), "\(word)")
        }
    }

    @Test func tokenizerFileHoldsTheVocabulary() throws {
        let file = try JSONValue(parsing: SampleLanguage.tokenizerJSON(vocabulary: Self.vocabulary))
        let model = try #require(file.objectValue?["model"]?.objectValue)
        #expect(model["type"]?.stringValue == "WordPiece")
        let vocabulary = try #require(model["vocab"]?.objectValue)
        #expect(vocabulary.members.map(\.key) == Self.vocabulary)
        #expect(vocabulary.members.compactMap(\.value.intValue) == Array(Self.vocabulary.indices))
        #expect(file.objectValue?["added_tokens"]?.arrayValue?.count == 5)
        let special = file.objectValue?["post_processor"]?.objectValue?["special_tokens"]?.objectValue
        #expect(special?["[SEP]"]?.objectValue?["ids"] == .array([.integer(3)]))
    }

    @Test func tokenizerConfigStatesTheLength() throws {
        let file = try JSONValue(parsing: SampleLanguage.tokenizerConfigJSON())
        #expect(file.objectValue?["model_max_length"] == .integer(64))
        #expect(file.objectValue?["tokenizer_class"] == .string("BertTokenizer"))
    }

    @Test func tsvHasHeaderAndRows() {
        let bytes = SampleLanguage.tsv([(0, "Bad."), (1, "Good.")])
        #expect(String(decoding: bytes, as: UTF8.self) == "label\ttext\n0\tBad.\n1\tGood.\n")
    }

    @Test func vocabularyTextHasOneTokenALine() {
        #expect(SampleLanguage.vocabularyText(["a", "##b"]) == Array("a\n##b\n".utf8))
    }
}
