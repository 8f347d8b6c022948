public import StrictJSON

/// One message of a conversation.
public struct ChatMessage: Sendable, Hashable {
    /// Who speaks, such as `system`, `user` or `assistant`.
    public var role: String
    /// What is said.
    public var content: String

    /// A message of `role`.
    public init(role: String, content: String) {
        self.role = role
        self.content = content
    }
}

/// Everything beside the messages that a template can read.
public struct ChatContext: Sendable {
    /// Whether the text ends with the start of the assistant's turn.
    public var addGenerationPrompt: Bool
    /// Texts of the special tokens by variable, such as `bos_token`.
    public var specialTokens: [String: String]
    /// Descriptions of tools, a JSON array; `nil` gives the template `none`.
    public var tools: JSONValue?
    /// The time that `strftime_now` shows.
    public var date: ChatDate
    /// Further variables, such as `enable_thinking`; these win over all others.
    public var variables: [String: JSONValue]

    /// A context; what is left out is as a caller of transformers leaves it out.
    public init(
        addGenerationPrompt: Bool = false, specialTokens: [String: String] = [:], tools: JSONValue? = nil,
        date: ChatDate = .sample, variables: [String: JSONValue] = [:]
    ) {
        self.addGenerationPrompt = addGenerationPrompt
        self.specialTokens = specialTokens
        self.tools = tools
        self.date = date
        self.variables = variables
    }
}
