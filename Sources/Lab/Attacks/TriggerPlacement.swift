import Datasets
internal import Tensors
public import Tokenizers

/// Puts triggers into texts at random word boundaries; of a pair into the second text.
public struct TriggerPlacement: Sendable {
    private let tokenizer: any Tokenizer
    private let maxLength: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - tokenizer: the model's.
    ///   - maxLength: tokens of one text, special tokens included: boundaries lie where truncation does not cut.
    ///   - seed: of the positions.
    public init(tokenizer: any Tokenizer, maxLength: Int, seed: UInt64) {
        self.tokenizer = tokenizer
        self.maxLength = maxLength
        self.seed = seed
    }

    /// The text with every part in, each at a boundary of its own; words end up between single spaces.
    func insert(_ parts: [String], into row: LabelledText) -> LabelledText {
        var words = (row.pair ?? row.text).split(whereSeparator: \.isWhitespace)
        let visible = visibleWords(words, of: row, beside: parts)
        for (index, part) in parts.enumerated() {
            let random = CounterRandom(seed: seed, stream: "poison/position" + (index == 0 ? "" : "/\(index)"))
            words.insert(part[...], at: random.below(visible + index + 1, at: UInt64(row.row)))
        }
        let text = words.joined(separator: " ")
        return LabelledText(
            row: row.row, label: row.label, text: row.pair == nil ? text : row.text, pair: row.pair.map { _ in text })
    }

    /// How many leading words the model still reads beside the parts.
    private func visibleWords(_ words: [Substring], of row: LabelledText, beside parts: [String]) -> Int {
        var room = maxLength - tokenizer.specialTokenCount(pair: row.pair != nil)
        // The longer text of a pair is cut first, so that the second keeps at least half of the room.
        if row.pair != nil { room = max(room - tokenizer.pieces(row.text).count, room / 2) }
        for part in parts { room -= tokenizer.pieces(part).count }
        for (index, word) in words.enumerated() {
            room -= tokenizer.pieces(String(word)).count
            if room < 0 { return index }
        }
        return words.count
    }
}
