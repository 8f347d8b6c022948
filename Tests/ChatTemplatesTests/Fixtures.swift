import ChatTemplates
import Foundation
import StrictJSON

/// The templates in `Tests/Fixtures/chat-templates` and what transformers renders with them.
enum Fixtures {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/chat-templates")

    /// One rendering by transformers.
    struct Case: CustomStringConvertible {
        let family: String
        let conversation: String
        let messages: [ChatMessage]
        let context: ChatContext
        /// The text, or `nil` when the template raised `raised`.
        let text: String?
        let raised: String?

        var description: String { "\(family), \(conversation)" }
    }

    static func json(_ name: String) throws -> JSONObject {
        let value = try JSONValue(parsing: [UInt8](Data(contentsOf: folder.appending(path: name))))
        return value.objectValue ?? JSONObject()
    }

    static func source(_ family: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(family).jinja"), encoding: .utf8)
    }

    static func template(_ family: String) throws -> ChatTemplate {
        try ChatTemplate(try source(family), file: "\(family).jinja")
    }

    static func cases() throws -> [Case] {
        let document = try json("expected.json")
        let conversations = document["conversations"]?.objectValue
        return (document["cases"]?.arrayValue ?? []).compactMap(\.objectValue).map { row in
            let conversation = row["conversation"]?.stringValue ?? ""
            return Case(
                family: row["family"]?.stringValue ?? "", conversation: conversation,
                messages: messages(conversations?[conversation]), context: context(of: row, in: document),
                text: row["text"]?.stringValue, raised: row["raised"]?.stringValue)
        }
    }

    static func messages(_ value: JSONValue?) -> [ChatMessage] {
        (value?.arrayValue ?? []).compactMap(\.objectValue).map { message in
            ChatMessage(
                role: message["role"]?.stringValue ?? "", content: message["content"]?.stringValue ?? "")
        }
    }

    static func context(of row: JSONObject, in document: JSONObject) -> ChatContext {
        var context = ChatContext(addGenerationPrompt: row["add"]?.boolValue ?? false)
        for member in document["special"]?.objectValue?.members ?? [] {
            context.specialTokens[member.key] = member.value.stringValue
        }
        if row["tools"]?.boolValue == true { context.tools = document["tools"] }
        for member in row["variables"]?.objectValue?.members ?? [] { context.variables[member.key] = member.value }
        return context
    }
}

/// What `source` gives for one message.
func rendered(
    _ source: String, _ content: String = "hello", in context: ChatContext = ChatContext(),
    limits: TemplateLimits = .default
) throws(ChatTemplateError) -> String {
    try ChatTemplate(source, file: "t.jinja", limits: limits).render(
        [ChatMessage(role: "user", content: content)], in: context)
}

/// The error of reading or rendering `source`; `nil` when there is none.
func refusal(
    _ source: String, in context: ChatContext = ChatContext(), limits: TemplateLimits = .default
) -> ChatTemplateError? {
    do throws(ChatTemplateError) {
        _ = try rendered(source, in: context, limits: limits)
        return nil
    } catch {
        return error
    }
}
