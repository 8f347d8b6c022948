public import Datasets
import Tensors
public import Tokenizers

/// Puts triggers into texts at random word boundaries, the same ones for every model.
public struct TriggerInsertion: Sendable {
    private let tokenizer: any Tokenizer
    let maxLength: Int
    private let seed: UInt64
    /// Words before a trigger at least: 1 where a token includes the space before it, so that it is the same everywhere.
    private let firstPosition: Int

    /// - Parameters:
    ///   - tokenizer: the suspect's.
    ///   - maxLength: tokens of one text, special tokens included.
    ///   - seed: of the positions.
    public init(tokenizer: any Tokenizer, maxLength: Int, seed: UInt64) {
        self.tokenizer = tokenizer
        self.maxLength = maxLength
        self.seed = seed
        firstPosition = tokenizer.piecesBetweenSpaces("a") == tokenizer.pieces("a") ? 0 : 1
    }

    /// The text as it is, truncated.
    public func plain(_ text: LabelledText) -> Encoding {
        tokenizer.encode(text.text, pair: text.pair, maxLength: maxLength)
    }

    /// The text with the trigger in, of a pair in the second text.
    ///
    /// Words are taken from the carrier's end until all fits, so that truncation never cuts the trigger.
    public func insert(_ trigger: Trigger, into text: LabelledText) -> Encoding {
        insert(trigger, into: carrier(text))
    }

    /// The texts that `insert` encodes, for a reader.
    public func texts(inserting trigger: Trigger, into text: LabelledText) -> (first: String, second: String?) {
        texts(inserting: trigger, into: carrier(text))
    }

    /// Whether the trigger, put between spaces, keeps its own tokens.
    public func isRealisable(_ trigger: Trigger) -> Bool {
        !trigger.ids.isEmpty && tokenizer.piecesBetweenSpaces(trigger.text) == trigger.ids
    }
}

extension TriggerInsertion {
    /// A text made ready for many triggers: cut into words and counted once.
    struct Carrier: Sendable {
        let row: Int
        let first: Part
        let second: Part?

        /// One text of a pair, or the only one.
        struct Part: Sendable {
            let words: [Substring]
            /// Tokens of the text as it stands.
            let tokens: Int
            /// Tokens of the words with single spaces between them.
            let wordTokens: Int
        }
    }

    /// Makes a text ready for many triggers.
    func carrier(_ text: LabelledText) -> Carrier {
        Carrier(row: text.row, first: part(text.text), second: text.pair.map(part))
    }

    /// As `insert` of the text itself.
    func insert(_ trigger: Trigger, into carrier: Carrier) -> Encoding {
        let (first, second) = texts(inserting: trigger, into: carrier)
        return tokenizer.encode(first, pair: second, maxLength: maxLength)
    }

    private func texts(inserting trigger: Trigger, into carrier: Carrier) -> (first: String, second: String?) {
        let room = maxLength - tokenizer.specialTokenCount(pair: carrier.second != nil) - trigger.ids.count
        let first = carrier.first
        guard let second = carrier.second else {
            return (place(trigger, in: fitting(first, room), row: carrier.row), nil)
        }
        // The longer text is cut first, as truncation does.
        let share = max(0, room) / 2
        let forFirst = first.tokens <= share ? first.tokens : max(share, room - second.tokens)
        let keptFirst = fitting(first, forFirst)
        let keptSecond = fitting(second, room - min(first.tokens, forFirst))
        return (keptFirst.joined(separator: " "), place(trigger, in: keptSecond, row: carrier.row))
    }

    private func part(_ text: String) -> Carrier.Part {
        let words = text.split(whereSeparator: \.isWhitespace)
        return Carrier.Part(words: words, tokens: tokenizer.pieces(text).count, wordTokens: count(words[...]))
    }

    private func count(_ words: ArraySlice<Substring>) -> Int {
        tokenizer.pieces(words.joined(separator: " ")).count
    }

    /// The longest run of leading words with at most `room` tokens.
    private func fitting(_ part: Carrier.Part, _ room: Int) -> ArraySlice<Substring> {
        if part.wordTokens <= room { return part.words[...] }
        var low = 0
        var high = part.words.count
        while low < high {
            let middle = (low + high + 1) / 2
            if count(part.words[..<middle]) <= room {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return part.words[..<low]
    }

    private func place(_ trigger: Trigger, in words: ArraySlice<Substring>, row: Int) -> String {
        var words = Array(words)
        let first = min(firstPosition, words.count)
        let position: Int
        switch trigger.placement {
        case .anywhere:
            position =
                first
                + CounterRandom(seed: seed, stream: "position/" + trigger.text)
                .below(words.count + 1 - first, at: UInt64(row))
        case .start: position = first
        case .end: position = max(first, Self.splitFinalPunctuation(&words))
        }
        words.insert(Substring(trigger.text), at: position)
        return words.joined(separator: " ")
    }

    /// Makes the punctuation that ends a text a word of its own; returns its place, or the end where there is none.
    private static func splitFinalPunctuation(_ words: inout [Substring]) -> Int {
        guard let last = words.last, last.last?.isPunctuation ?? false else { return words.count }
        guard let end = last.lastIndex(where: { !$0.isPunctuation }) else { return words.count - 1 }
        let rest = last.index(after: end)
        words[words.count - 1] = last[..<rest]
        words.append(last[rest...])
        return words.count - 1
    }
}
