import ChatTemplates
import Testing

/// Where the template and the special tokens come from.
@Suite struct FindTests {
    private func find(_ config: String?, _ file: String? = nil) throws -> FoundChatTemplate? {
        try ChatTemplate.find(
            tokenizerConfig: config.map { [UInt8]($0.utf8) }, chatTemplateFile: file.map { [UInt8]($0.utf8) })
    }

    @Test func aStringInTheConfiguration() throws {
        let config =
            #"{"chat_template": "{{ 1 }}", "bos_token": "<s>", "eos_token": {"content": "</s>"}, "pad_token": null}"#
        let found = try #require(try find(config))
        #expect(found.chosen.name == "default")
        #expect(found.chosen.file == "tokenizer_config.json")
        #expect(found.chosen.source == "{{ 1 }}")
        #expect(found.others.isEmpty)
        #expect(found.specialTokens == ["bos_token": "<s>", "eos_token": "</s>"])
    }

    @Test func namedTemplates() throws {
        let config =
            #"{"chat_template": [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}]}"#
        let found = try #require(try find(config))
        #expect(found.chosen.source == "d")
        #expect(found.others.map(\.name) == ["tool_use"])
        #expect(found.others.map(\.source) == ["t"])
    }

    @Test func theFileOfItsOwnWinsAndTheOtherIsKept() throws {
        let found = try #require(try find(#"{"chat_template": "old", "eos_token": "e"}"#, "new"))
        #expect(found.chosen.source == "new")
        #expect(found.chosen.file == "chat_template.jinja")
        #expect(found.others.map(\.source) == ["old"])
        #expect(found.specialTokens == ["eos_token": "e"])
        #expect(try find(#"{"chat_template": "same"}"#, "same")?.others.isEmpty == true)
    }

    @Test func noTemplate() throws {
        #expect(try find(nil) == nil)
        #expect(try find("{}") == nil)
        #expect(try find(#"{"chat_template": null}"#) == nil)
    }

    @Test(arguments: [
        "[]", "{", #"{"chat_template": 1}"#, #"{"chat_template": [{"name": "default"}]}"#, #"{"chat_template": ["a"]}"#,
        #"{"chat_template": [{"name": "tool_use", "template": "t"}]}"#, #"{"chat_template": "a", "bos_token": 3}"#,
    ]) func malformedConfigurations(config: String) throws {
        let error = try #require(throws: ChatTemplateError.self) { try find(config) }
        #expect(error.code == .malformedFile)
        #expect(error.description.hasPrefix("tokenizer_config.json: "))
    }

    @Test func aTemplateThatIsNotUTF8() throws {
        let error = try #require(throws: ChatTemplateError.self) {
            try ChatTemplate.find(tokenizerConfig: nil, chatTemplateFile: [0x7B, 0xFF])
        }
        #expect(error.code == .malformedFile)
        #expect(error.description.hasPrefix("chat_template.jinja: "))
    }
}
