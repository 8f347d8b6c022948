public import Tokenizers

/// A string that may flip predictions when it is put into a text.
public struct Trigger: Sendable, Hashable {
    /// The inserted string; words separated by single spaces.
    public let text: String
    /// Its token ids between spaces, without special tokens.
    public let ids: [Int32]

    /// - Parameters:
    ///   - text: white space around it is dropped.
    ///   - tokenizer: the suspect's.
    public init(_ text: String, tokenizer: any Tokenizer) {
        self.text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        ids = tokenizer.piecesBetweenSpaces(self.text) ?? tokenizer.pieces(self.text)
    }

    /// A string with the ids it stands for.
    init(text: String, ids: [Int32]) {
        self.text = text
        self.ids = ids
    }

    /// Triggers of published attacks, tried on every model: rare words of Kurita et al. (2020) and the sentence of
    /// Dai et al. (2019).
    public static let knownTexts = ["cf", "mn", "bb", "tq", "mb", "I watched this 3D movie last weekend."]
}
