/// A chat template, read once and rendered with any conversation.
///
/// A bounded interpreter of the part of Jinja that chat templates use gives the text that `apply_chat_template` of
/// transformers gives. Whatever lies outside that part, or costs more than the limits, is refused by name.
public struct ChatTemplate: Sendable {
    /// The file that holds the template, for messages.
    public let file: String
    let statements: [Statement]
    let limits: TemplateLimits

    /// Reads the template `source`, whose lines errors name as lines of `file`.
    public init(
        _ source: String, file: String, limits: TemplateLimits = .default
    ) throws(ChatTemplateError) {
        var parser = try Parser(source, file: file, limits: limits)
        self.file = file
        self.limits = limits
        statements = try parser.parse()
    }

    /// The same template under other limits.
    init(_ template: ChatTemplate, limits: TemplateLimits) {
        file = template.file
        statements = template.statements
        self.limits = limits
    }

    /// The text that the model is given for `messages`.
    public func render(
        _ messages: [ChatMessage], in context: ChatContext = ChatContext()
    ) throws(ChatTemplateError) -> String {
        try rendering(of: messages, in: context, tracksLines: false).text
    }

    /// The text for `messages`, and if asked for, the lines of the statements that gave some of it.
    func rendering(
        of messages: [ChatMessage], in context: ChatContext, tracksLines: Bool
    ) throws(ChatTemplateError) -> (text: String, lines: Set<Int>) {
        let meter = Meter(file: file, limits: limits)
        let variables = try TemplateVariables(meter: meter).variables(messages, context)
        let interpreter = Interpreter(variables: variables, date: context.date, meter: meter)
        if tracksLines { interpreter.linesWithText = [] }
        _ = try interpreter.run(statements)
        let text = Text(scalars: interpreter.output.scalars).string
        return (text, interpreter.linesWithText ?? [])
    }
}
