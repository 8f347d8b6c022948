/// A conversation with one message left open.
struct ProbeConversation {
    let messages: [ChatMessage]
    let open: Int

    var role: String { messages[open].role }

    func filled(with content: String) -> [ChatMessage] {
        var filled = messages
        filled[open].content = content
        return filled
    }

    /// Conversations in which each role's message is open once, first and later.
    static let all = [
        ProbeConversation(["user"], open: 0),
        ProbeConversation(["system", "user"], open: 1),
        ProbeConversation(["system", "user"], open: 0),
        ProbeConversation(["user", "assistant", "user"], open: 2),
        ProbeConversation(["user", "assistant", "user"], open: 1),
        ProbeConversation(["user", "assistant", "user"], open: 0),
        ProbeConversation(["system", "user", "assistant", "user"], open: 3),
    ]

    private init(_ roles: [String], open: Int) {
        messages = roles.map { ChatMessage(role: $0, content: "Pale \($0) lanterns") }
        self.open = open
    }
}

/// The neutral message, and how templates may write a message into their text.
struct NeutralContent {
    static let text = "Quartz vessels drift"

    /// A message with `words` among neutral ones.
    static func around(_ words: String) -> String { "Quartz vessels \(words) drift" }

    /// `rendered`, made with the neutral message, as it must be with `content` when only the message itself differs:
    /// one text for each way of writing a message.
    static func expected(_ rendered: String, with content: String) -> some Sequence<Text> {
        let rendered = Text(rendered)
        return ways.lazy.map { rendered.replacing($0(Text(text)), with: $0(Text(content)), limit: -1) }
    }

    private static let ways: [@Sendable (Text) -> Text] = [
        { $0 }, { $0.stripped() }, { inJSON($0) }, { $0.uppercased }, { $0.lowercased }, { $0.titlecased },
        { $0.wordsCapitalized }, { $0.capitalized },
    ]

    private static func inJSON(_ text: Text) -> Text {
        let meter = Meter(file: "", limits: .default)
        var writer = JSONText(meter: meter, escapesAll: false, indent: nil, separators: ("", ""), sortsKeys: false)
        guard (try? writer.append(.string(text))) != nil else { return text }
        return Text(scalars: Array(writer.scalars.dropFirst().dropLast()))
    }
}
