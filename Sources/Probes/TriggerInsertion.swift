public import Datasets
import Tensors
public import Tokenizers

/// Puts triggers into texts at random word boundaries, the same ones for every model.
public struct TriggerInsertion: Sendable {
    private let tokenizer: any Tokenizer
    private let maxLength: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - tokenizer: the suspect's.
    ///   - maxLength: tokens of one text, special tokens included.
    ///   - seed: of the positions.
    public init(tokenizer: any Tokenizer, maxLength: Int, seed: UInt64) {
        self.tokenizer = tokenizer
        self.maxLength = maxLength
        self.seed = seed
    }

    /// The text as it is, truncated.
    public func plain(_ text: LabelledText) -> Encoding {
        tokenizer.encode(text.text, pair: text.pair, maxLength: maxLength)
    }

    /// The text with the trigger in, of a pair in the second text.
    ///
    /// Words are taken from the carrier's end until all fits, so that truncation never cuts the trigger.
    public func insert(_ trigger: Trigger, into text: LabelledText) -> Encoding {
        let (first, second) = texts(inserting: trigger, into: text)
        return tokenizer.encode(first, pair: second, maxLength: maxLength)
    }

    /// The texts that `insert` encodes, for a reader.
    public func texts(inserting trigger: Trigger, into text: LabelledText) -> (first: String, second: String?) {
        let room = maxLength - tokenizer.specialTokenCount(pair: text.pair != nil) - trigger.ids.count
        guard let pair = text.pair else {
            return (place(trigger, in: fitting(words(text.text), room), of: text), nil)
        }
        let first = words(text.text)
        let second = words(pair)
        let (a, b) = (tokenizer.pieces(text.text).count, tokenizer.pieces(pair).count)
        // The longer text is cut first, as truncation does.
        let share = max(0, room) / 2
        let forFirst = a <= share ? a : max(share, room - b)
        let keptFirst = fitting(first, forFirst)
        let keptSecond = fitting(second, room - min(a, forFirst))
        return (keptFirst.joined(separator: " "), place(trigger, in: keptSecond, of: text))
    }

    /// Whether the trigger, put between spaces, keeps its own tokens.
    public func isRealisable(_ trigger: Trigger) -> Bool {
        guard !trigger.ids.isEmpty else { return false }
        let (left, right) = (tokenizer.pieces("a"), tokenizer.pieces("b"))
        return tokenizer.pieces("a \(trigger.text) b") == left + trigger.ids + right
    }

    private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }

    /// The longest run of leading words with at most `room` tokens.
    private func fitting(_ words: [Substring], _ room: Int) -> [Substring] {
        if tokenizer.pieces(words.joined(separator: " ")).count <= room { return words }
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high + 1) / 2
            if tokenizer.pieces(words[..<middle].joined(separator: " ")).count <= room {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return Array(words[..<low])
    }

    private func place(_ trigger: Trigger, in words: [Substring], of text: LabelledText) -> String {
        let random = CounterRandom(seed: seed, stream: "position/" + trigger.text)
        let position = random.below(words.count + 1, at: UInt64(text.row))
        return (words[..<position] + [Substring(trigger.text)] + words[position...]).joined(separator: " ")
    }
}
