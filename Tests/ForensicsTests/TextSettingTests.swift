import Testing
import Tokenizers

@testable import Forensics

/// Settings of a tokenizer's files that a loader follows, and files that contradict each other.
@Suite struct TextSettingTests {
    private func files(_ main: String?, config: String? = nil) -> TokenizerFiles {
        TokenizerFiles(
            folderName: "m", tokenizerJSON: main.map { Array($0.utf8) }, tokenizerConfig: config.map { Array($0.utf8) })
    }

    @Test func theConfigurationGoesBeforeTokenizerJSON() {
        let main = """
            {"truncation": {"direction": "Left", "max_length": 64}, "padding": {"direction": "Left"}}
            """
        let alone = TextSettings(files(main))
        #expect(alone.truncationSide.value == "left" && alone.paddingSide.file == "tokenizer.json")
        #expect(alone.maxLength == TextSettings.Length(tokens: 64, file: "tokenizer.json"))
        let both = TextSettings(files(main, config: #"{"truncation_side": "right", "model_max_length": 512}"#))
        #expect(both.truncationSide == TextSettings.Setting(value: "right", file: "tokenizer_config.json"))
        #expect(both.paddingSide.value == "left")
        #expect(both.maxLength == TextSettings.Length(tokens: 512, file: "tokenizer_config.json"))
    }

    @Test(arguments: [
        nil, "", "[]", "{", #"{"truncation": null}"#, #"{"truncation": 3, "padding": []}"#,
        #"{"truncation": {"max_length": 1e300, "direction": null}}"#, #"{"truncation": {"max_length": -1}}"#,
    ])
    func withoutASettingTheUsualOneHolds(main: String?) {
        let settings = TextSettings(files(main, config: #"{"model_max_length": 1000000000000000019884624838656}"#))
        #expect(settings.truncationSide == TextSettings.Setting(value: "right", file: nil))
        #expect(settings.paddingSide == settings.truncationSide && settings.maxLength == nil)
    }

    private func differences(_ files: TokenizerFiles, _ base: TokenizerFiles) -> [SettingDifference] {
        TokenizerComparison.contradictions(FakeTokenizer(), files, FakeTokenizer(), base)
    }

    @Test func vocabTextIsComparedWithItsOwnTokenizerJSON() {
        var ours = files("{}")
        ours.vocabularyText = Array("[PAD]\r\n[UNK]\n[CLS]\n".utf8)
        #expect(differences(ours, files(nil)).isEmpty)
        ours.vocabularyText = Array("[PAD]\n[CLS]\n[UNK]\n\u{0}".utf8) + [0xFF]
        let found = differences(ours, files(nil))
        #expect(found.map(\.field) == ["vocab.txt"] && found.allSatisfy(\.material))
        #expect(found.first?.suspect == "gives 3 tokens another id than tokenizer.json does")
        #expect(differences(ours, ours).isEmpty, "the base has the same")
        ours.tokenizerJSON = nil
        #expect(differences(ours, files(nil)).isEmpty, "there is nothing to contradict")
    }

    @Test(arguments: [
        (#"{"[PAD]": 0, "film": 7}"#, false), (#"{"[PAD]": 1}"#, true), (#"{"[PAD]": "0"}"#, true), ("[]", true),
        ("{", true), ("{}", false),
    ])
    func vocabJSONToo(json: String, differs: Bool) {
        var ours = files("{}")
        ours.vocabularyJSON = Array(json.utf8)
        #expect(differences(ours, files("{}")).map(\.field) == (differs ? ["vocab.json"] : []))
    }

    @Test func mergesToo() {
        var ours = files(#"{"model": {"merges": ["a b", ["ab", "c"]]}}"#)
        ours.mergesText = Array("#version: 0.2\na b\r\nab c\n".utf8)
        #expect(differences(ours, files(nil)).isEmpty)
        ours.mergesText = Array("ab c\na b\n".utf8)
        #expect(differences(ours, files(nil)).first?.suspect == "gives 2 merges another rank than tokenizer.json does")
        ours.mergesText = Array("a b\n".utf8)
        #expect(differences(ours, files(nil)).count == 1)
    }

    @Test func namesOfSpecialTokensInBothMapsAreCompared() {
        func map(_ json: String?) -> TokenizerFiles {
            var files = files(nil)
            files.specialTokensMap = json.map { Array($0.utf8) }
            return files
        }
        func material(_ suspect: String?, _ base: String?) -> [Bool] {
            TokenizerComparison.specialTokensMap(map(suspect), map(base)).map(\.material)
        }
        let base = #"{"unk_token": {"content": "[UNK]"}, "pad_token": "[PAD]"}"#
        #expect(material(#"{"unk_token": "[UNK]", "pad_token": "[PAD]"}"#, base) == [])
        #expect(material(#"{"unk_token": "[PAD]", "pad_token": "[PAD]"}"#, base) == [true])
        #expect(material(#"{"unk_token": "[UNK]", "mask_token": "x"}"#, base) == [false, false])
        #expect(material(nil, base) == [false])
    }
}
