import StrictJSON
import Testing

@testable import Tokenizers

@Suite("Folders without tokenizer.json")
struct BytePairFilesTests {
    private func files(_ config: String?, modelType: String? = nil) throws -> TokenizerFiles {
        let model = try #require(try Kinds.json("bytes: GPT-2")["model"]?.objectValue)
        let merges = try #require(Kinds.merges(of: "bytes"))
        let text = "#version: 0.2\n" + merges.map { $0.joined(separator: " ") + "\r\n" }.joined()
        return TokenizerFiles(
            folderName: "slow", tokenizerConfig: config.map { Array($0.utf8) },
            vocabularyJSON: try #require(model["vocab"]).serialized(), mergesText: Array(text.utf8),
            modelType: modelType)
    }

    @Test("vocab.json and merges.txt give GPT-2's ids")
    func gpt2() throws {
        let fast = try TokenizerLoader.load(Kinds.kind("bytes: GPT-2").files)
        for config in [#"{"tokenizer_class": "GPT2Tokenizer"}"#, nil] {
            let slow = try TokenizerLoader.load(files(config, modelType: "gpt2"))
            for text in Kinds.texts where !text.contains("<") && !text.contains("newword") && !text.contains("nited") {
                #expect(slow.pieces(text) == fast.pieces(text))
            }
        }
    }

    @Test("RoBERTa's class puts its special tokens around a text")
    func roberta() throws {
        let tokenizer = try TokenizerLoader.load(
            files(#"{"tokenizer_class": "RobertaTokenizer", "add_prefix_space": true}"#))
        let (cls, sep) = (try #require(tokenizer.id(of: "<s>")), try #require(tokenizer.id(of: "</s>")))
        let encoding = tokenizer.encode("the", pair: "the", maxLength: 20)
        let the = tokenizer.pieces("the")
        #expect(encoding.ids == [Int32(cls)] + the + [Int32(sep), Int32(sep)] + the + [Int32(sep)])
        #expect(the == tokenizer.pieces(" the"))
        #expect(tokenizer.specialIDs.isSuperset(of: [cls, sep]))
    }

    @Test("A class whose pipeline is not known is refused by name")
    func unknownClass() throws {
        for (config, mentions) in [
            (#"{"tokenizer_class": "BartTokenizer"}"#, "BartTokenizer"), (#"{}"#, "save_pretrained"),
        ] {
            let error = #expect(throws: TokenizerError.self) { try TokenizerLoader.load(files(config)) }
            #expect(error?.code == .unsupportedComponent)
            #expect(error?.description.contains(mentions) ?? false)
        }
    }

    @Test("Bad merges are refused with their line")
    func merges() throws {
        for (text, line) in [("a b\na b c\n", "line 2"), ("#version\nab\n", "line 2"), ("\n", "line 1")] {
            var files = try files(nil, modelType: "gpt2")
            files.mergesText = Array(text.utf8)
            let error = #expect(throws: TokenizerError.self) { try TokenizerLoader.load(files) }
            #expect(error?.file == "slow/merges.txt")
            #expect(error?.reason.contains(line) ?? false)
        }
    }

    @Test("A SentencePiece model alone is refused with what to do")
    func sentencePiece() {
        let files = TokenizerFiles(folderName: "spm", sentencePieceModel: "spiece.model")
        let error = #expect(throws: TokenizerError.self) { try TokenizerLoader.load(files) }
        #expect(error?.code == .missingFile)
        #expect(error?.file == "spm/spiece.model")
        #expect(error?.reason.contains("save_pretrained") ?? false)
    }

    @Test("BertTokenizer over another model is refused")
    func bertClass() throws {
        var files = try Kinds.kind("unigram: plain").files
        files.tokenizerConfig = Array(#"{"tokenizer_class": "BertTokenizer"}"#.utf8)
        let error = #expect(throws: TokenizerError.self) { try TokenizerLoader.load(files) }
        #expect(error?.code == .unsupportedComponent)
        #expect(error?.file == "kinds/tokenizer_config.json")
    }
}
