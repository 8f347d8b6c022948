/// A way in which the text that a template gives depends on what a message says.
public struct TemplateFinding: Sendable, Hashable {
    /// What in the message changes the text.
    public enum Cause: String, Sendable {
        /// A word or phrase that was asked about.
        case word
        /// A text that the template itself compares with messages.
        case literal
        /// Several words together, none of them alone.
        case words
        /// The length of the message.
        case length
    }

    /// What in the message changes the text.
    public let cause: Cause
    /// The word, or what stands in the message; for ``Cause/length`` a long message's first words.
    public let word: String
    /// The role of the message with the word.
    public let role: String
    /// The line of the comparison or of the text that differs; 0 when no single line shows it.
    public let line: Int
    /// Text that is there with the word only, the message itself apart.
    public let added: String
    /// Text that is there without the word only.
    public let removed: String
    /// Why the template cannot be rendered with the word; `nil` when it can.
    public let refusal: String?
}
