public import Datasets
import Tensors

/// A change of a whole text that may be a trigger, such as a syntax template or doubled punctuation.
///
/// What it changes depends on the text, its row and the id only, so it is the same for every model.
public struct TextTransformation: Sendable {
    /// What kind of change it is.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        case casing, punctuation, digits, homoglyphs, invisible, prefix, suffix, affix, repetition, length, syntax
        case register, synonyms
    }

    /// Its family and a name within it, such as "casing-upper"; stable between releases.
    public let id: String
    /// What kind of change it is.
    public let family: Family
    /// What it does, in words for a report.
    public let name: String
    private let random: CounterRandom
    private let change: @Sendable (String, TransformationDraw) -> String

    init(
        _ family: Family, _ idWithinFamily: String, _ name: String,
        change: @escaping @Sendable (String, TransformationDraw) -> String
    ) {
        id = family.rawValue + "-" + idWithinFamily
        self.family = family
        self.name = name
        self.change = change
        random = CounterRandom(seed: 0, stream: id)
    }

    /// The text with the change, of a pair with the second text changed.
    ///
    /// A text without a letter or a number stays as it is.
    public func apply(_ text: LabelledText) -> LabelledText {
        let draw = TransformationDraw(random: random, row: text.row)
        guard let pair = text.pair else {
            return LabelledText(row: text.row, label: text.label, text: changed(text.text, draw))
        }
        return LabelledText(row: text.row, label: text.label, text: text.text, pair: changed(pair, draw))
    }

    private func changed(_ text: String, _ draw: TransformationDraw) -> String {
        text.contains(where: TextWords.isCore) ? change(text, draw) : text
    }

    /// Every transformation, family by family.
    public static let all: [TextTransformation] = [
        casing, punctuation, digits, homoglyphs, invisible, prefixes, suffixes, affixes, repetition, length, syntax,
        registers, synonyms,
    ].flatMap { $0 }
}

extension TextTransformation: Hashable {
    public static func == (left: TextTransformation, right: TextTransformation) -> Bool { left.id == right.id }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
