public import Tokenizers

/// Where in a text a trigger is put.
public enum Placement: String, Sendable, Hashable, Codable, CaseIterable {
    /// At a word boundary drawn at random for each text.
    case anywhere
    /// Before the first word.
    case start
    /// Behind the last word, before the punctuation that ends the text.
    case end
}

/// A string that may flip predictions when it is put into a text.
public struct Trigger: Sendable, Hashable, Codable {
    /// The inserted string; words separated by single spaces.
    public let text: String
    /// Its token ids between spaces, without special tokens.
    public let ids: [Int32]
    public let placement: Placement

    /// - Parameters:
    ///   - text: white space around it is dropped.
    ///   - placement: where it goes.
    ///   - tokenizer: the suspect's.
    public init(_ text: String, at placement: Placement = .anywhere, tokenizer: any Tokenizer) {
        self.text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        ids = tokenizer.piecesBetweenSpaces(self.text) ?? tokenizer.pieces(self.text)
        self.placement = placement
    }

    /// A string with the ids it stands for.
    public init(text: String, ids: [Int32], placement: Placement = .anywhere) {
        self.text = text
        self.ids = ids
        self.placement = placement
    }

    /// The same string at another place.
    public func placed(_ placement: Placement) -> Trigger { Trigger(text: text, ids: ids, placement: placement) }

    /// Triggers of published attacks, tried on every model: rare words of Kurita et al. (2020) and the sentence of
    /// Dai et al. (2019).
    public static let knownTexts = ["cf", "mn", "bb", "tq", "mb", "I watched this 3D movie last weekend."]
}
