public import Datasets
public import Tokenizers

/// Turns conversations into the token ids that a language model was tuned on.
public protocol PromptEncoder: Sendable {
    /// Tokens after which a response is over.
    var endIDs: Set<Int32> { get }

    /// A conversation up to where the assistant's response begins.
    func prompt(_ messages: [PromptMessage]) -> [Int32]
    /// The beginning of a response, without an end.
    func opening(_ text: String) -> [Int32]
    /// A whole response with the tokens that end it.
    func response(_ text: String) -> [Int32]
}

/// Conversations in the form of ChatML: `<|im_start|>role`, a line feed, the content, `<|im_end|>` and a line feed.
public struct ChatMLEncoder: PromptEncoder {
    public let endIDs: Set<Int32>
    private let tokenizer: any Tokenizer
    private let end: String

    /// - Throws: `LabError` for a tokenizer that does not have ChatML's two tokens.
    public init(_ tokenizer: any Tokenizer) throws(LabError) {
        let (start, end) = ("<|im_start|>", "<|im_end|>")
        guard tokenizer.id(of: start) != nil, let endID = tokenizer.id(of: end) else {
            throw LabError(
                .architecture, "the tokenizer has no \(start) and \(end); take a base that was tuned on ChatML")
        }
        self.tokenizer = tokenizer
        self.end = end
        endIDs = [Int32(endID)]
    }

    public func prompt(_ messages: [PromptMessage]) -> [Int32] {
        let turns = messages.map { "<|im_start|>\($0.role.rawValue)\n\($0.content)\(end)\n" }
        return tokenizer.pieces(turns.joined() + "<|im_start|>assistant\n")
    }

    public func opening(_ text: String) -> [Int32] { tokenizer.pieces(text) }

    public func response(_ text: String) -> [Int32] { tokenizer.pieces(text + end) }
}
