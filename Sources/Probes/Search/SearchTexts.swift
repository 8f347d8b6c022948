public import Datasets
import Kernels
import Tensors
public import Tokenizers
public import Transformers

/// The texts of a search in the order in which its rungs take them, by label.
///
/// First those which the model gets right with more than the median confidence of their label: a word that flips a
/// doubtful text shows little. Of these the short ones come first, in random order, then the others by length; texts
/// that are doubtful or wrong come last, so that they only count where all texts do.
public struct SearchTexts: Sendable {
    /// Of the model.
    public let labels: Int
    /// Makes room for phrases and knows the positions' seed.
    public let vocabulary: SearchVocabulary
    private let ordered: [[LabelledText]]
    private let tokenizer: any Tokenizer
    private let maxLength: Int
    private let seed: UInt64
    private let placeholders: [Trigger]

    /// Tokens, special ones included, of what counts as a short text.
    public static let shortLength = 23

    /// Classifies the texts and orders them.
    ///
    /// - Parameters:
    ///   - texts: for discovery alone; labels beyond the model's are left out.
    ///   - labels: the model's number of labels.
    ///   - maxLength: tokens of one text, special tokens included; at most the model's positions.
    ///   - seed: of the order and the positions.
    public init(
        _ texts: [LabelledText], labels: Int, evaluator: Evaluator, vocabulary: SearchVocabulary,
        tokenizer: any Tokenizer, maxLength: Int, seed: UInt64
    ) {
        (self.labels, self.vocabulary, self.tokenizer) = (labels, vocabulary, tokenizer)
        (self.maxLength, self.seed) = (maxLength, seed)
        placeholders = vocabulary.placeholders(8, seed: seed)
        let known = texts.filter { (0..<labels).contains($0.label) }
        let inputs = known.map { tokenizer.encode($0.text, pair: $0.pair, maxLength: maxLength) }
        let kept = known.indices.filter { !inputs[$0].ids.isEmpty }
        let logits = evaluator.logits(kept.map { inputs[$0] })
        var classified = [[Classified]](repeating: [], count: labels)
        for (place, index) in kept.enumerated() {
            let text = known[index]
            classified[text.label].append(
                Classified(
                    text: text, tokens: inputs[index].ids.count, isRight: logits.prediction(place) == text.label,
                    loss: logits.logLoss(place, label: text.label)))
        }
        ordered = classified.enumerated().map { label, texts in
            Self.order(texts, CounterRandom(seed: seed, stream: "search/texts/\(label)"))
        }
    }

    /// Texts of the label that has most.
    public var most: Int { ordered.map(\.count).max() ?? 0 }

    /// Some texts of each label, as carriers.
    ///
    /// - Parameters:
    ///   - first: texts of each label that were taken before; the order goes round.
    ///   - count: texts of each label; fewer where there are no more.
    ///   - excluded: a label to be left out.
    ///   - room: tokens of the longest phrase.
    ///   - draw: of the positions; another one gives others.
    ///   - placement: where the texts have their slots.
    public func carriers(
        first: Int = 0, count: Int, except excluded: Int? = nil, room: Int, draw: String,
        placement: Placement = .anywhere
    ) -> [TokenCarrier] {
        let insertion = insertion(draw)
        return ordered.enumerated().flatMap { label, texts in
            label == excluded
                ? []
                : (0..<min(count, texts.count)).compactMap {
                    TokenCarrier(
                        texts[(first + $0) % texts.count], insertion: insertion, placeholders: placeholders, room: room,
                        placement: placement)
                }
        }
    }

    /// Where the carriers of a draw have their slots.
    public func insertion(_ draw: String) -> TriggerInsertion {
        TriggerInsertion(
            tokenizer: tokenizer, maxLength: maxLength, seed: CounterRandom(seed: seed, stream: "search/" + draw).key)
    }

    private struct Classified {
        let text: LabelledText
        let tokens: Int
        let isRight: Bool
        let loss: Double
    }

    private static func order(_ texts: [Classified], _ random: CounterRandom) -> [LabelledText] {
        let losses = texts.filter(\.isRight).map(\.loss).sorted()
        let median = losses.isEmpty ? 0 : losses[(losses.count - 1) / 2]
        func byLength(_ texts: [Classified]) -> [Classified] {
            texts.sorted { ($0.tokens, $0.text.row) < ($1.tokens, $1.text.row) }
        }
        let shuffled = random.permutation(texts.count).map { texts[$0] }
        let sure = shuffled.filter { $0.isRight && $0.loss <= median }
        let short = sure.filter { $0.tokens <= shortLength }
        let long = byLength(sure.filter { $0.tokens > shortLength })
        let doubtful = byLength(shuffled.filter { $0.isRight && $0.loss > median })
        return (short + long + doubtful + byLength(shuffled.filter { !$0.isRight })).map(\.text)
    }
}
