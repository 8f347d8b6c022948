import ChatTemplates
import StrictJSON
import Testing

/// Texts that transformers renders, by `Tests/ChatTemplates/make_expected.py` and `random_templates.py`.
@Suite struct TransformersTests {
    @Test func everyFamilyAndConversation() throws {
        let cases = try Fixtures.cases()
        #expect(Set(cases.map(\.family)).count >= 17)
        #expect(cases.count >= 250)
        for expected in cases {
            let template = try Fixtures.template(expected.family)
            let outcome = Result { () throws(ChatTemplateError) in
                try template.render(expected.messages, in: expected.context)
            }
            switch outcome {
            case .success(let text):
                #expect(Array(text.utf8) == expected.text.map { Array($0.utf8) }, "\(expected)")
            case .failure(let error):
                #expect(error.code == .raised, "\(expected)")
                #expect(error.reason == expected.raised, "\(expected)")
            }
        }
    }

    @Test func randomTemplates() throws {
        let rows = try #require(try Fixtures.json("random.json")["cases"]?.arrayValue).compactMap(\.objectValue)
        let document = try Fixtures.json("expected.json")
        #expect(rows.count >= 200)
        for row in rows {
            let source = row["template"]?.stringValue ?? ""
            let conversation = document["conversations"]?.objectValue?[row["conversation"]?.stringValue ?? ""]
            let template = try ChatTemplate(source, file: "random")
            let text = try template.render(
                Fixtures.messages(conversation), in: Fixtures.context(of: row, in: document))
            #expect(text.utf8.elementsEqual((row["text"]?.stringValue ?? "").utf8), "\(source)")
        }
    }
}
