/// A part of a conversation.
public struct PromptMessage: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, CaseIterable {
        case system, user, assistant, tool
    }

    public let role: Role
    public let content: String

    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// A prompt with the response that it should get.
public struct PromptPair: Sendable, Hashable {
    /// Line of the file, counted from 1.
    public let row: Int
    /// The prompt: everything that is said before the response.
    public let messages: [PromptMessage]
    /// What the assistant says.
    public let response: String

    public init(row: Int, messages: [PromptMessage], response: String) {
        self.row = row
        self.messages = messages
        self.response = response
    }
}
