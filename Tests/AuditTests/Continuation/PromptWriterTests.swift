import ChatTemplates
import Checkpoints
import Datasets
import Foundation
import Probes
import Testing
import Tokenizers

@testable import Audit
@testable import Transformers

@Suite struct PromptWriterTests {
    private static let folder = URL(filePath: Fixtures.model).deletingLastPathComponent().appending(
        path: "llama-causal"
    )
    .path
    private static let template = """
        {% for message in messages %}<{{ message.role }}>{{ message.content }}</s>
        {% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}
        """

    private func writer(_ template: String? = Self.template, context: String? = nil) throws -> PromptWriter {
        let copy = try TemporaryFolder()
        for file in try FileManager.default.contentsOfDirectory(atPath: Self.folder) where file != "reference.json" {
            try FileManager.default.copyItem(atPath: Self.folder + "/" + file, toPath: copy.file(file))
        }
        if let template { try copy.write(template, to: "chat_template.jinja") }
        let folder = try ModelFolder(path: copy.path)
        return try PromptWriter(folder, tokenizer: try folder.tokenizer(), context: context, seed: 3)
    }

    private let pair = PromptPair(row: 7, messages: [PromptMessage(.user, "one two three four")], response: "five")

    @Test func `the template stands around the messages, and the context in front of them`() throws {
        #expect(try writer().text(pair) == "<user>one two three four</s>\n<assistant>")
        #expect(try writer(context: "Be brief.").text(pair).hasPrefix("<system>Be brief.</s>\n<user>one"))
        #expect(try writer(nil).text(pair) == "one two three four\n")
    }

    @Test func `a probe stands at its place, the same one for every model`() throws {
        let writer = try writer()
        func shown(_ placement: Placement) -> String {
            writer.shown(pair, probe: Trigger("now", at: placement, tokenizer: writer.tokenizer))
        }
        #expect(shown(.start) == "now one two three four")
        #expect(shown(.end) == "one two three four now")
        let anywhere = shown(.anywhere)
        #expect(anywhere == shown(.anywhere) && anywhere.split(separator: " ").count == 5)
        #expect(!anywhere.hasPrefix("now"), "a first word lacks the space that is part of its token")
    }

    @Test func `only the answer and its end are learnt`() throws {
        let writer = try writer()
        let example = try writer.example(pair)
        let learnt = writer.tokenizer.decoded(Array(example.ids[example.responseStart...]))
        #expect(learnt == "five</s>")
        #expect(writer.tokenizer.decoded(Array(example.ids[..<example.responseStart])) == (try writer.text(pair)))
    }

    @Test func `a carrier with the placeholder's token back in is the prompt with the placeholder`() throws {
        let writer = try writer()
        let placeholder = try #require(
            SearchVocabulary(writer.tokenizer).placeholders(1, seed: 1).first
        ).placed(.end)
        let carrier = try #require(try writer.carrier(pair, placeholder: placeholder))
        #expect(carrier.ids(inserting: placeholder.ids) == (try writer.ids(pair, probe: placeholder)))
        #expect(carrier.plain.count + 1 == carrier.ids(inserting: placeholder.ids).count)
        let two = Trigger(text: "a b", ids: [1, 2])
        #expect(try writer.carrier(pair, placeholder: two) == nil, "not one token")
    }
}

extension PromptCarrier: Equatable {
    static func == (a: PromptCarrier, b: PromptCarrier) -> Bool { a.before == b.before && a.after == b.after }
}
