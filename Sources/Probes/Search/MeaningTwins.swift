import Tensors
public import Tokenizers
public import Transformers

/// Phrases of like meaning to set beside a trigger.
///
/// Words that flip by what they say have twins that flip as well; a planted trigger's twins do not.
public struct MeaningTwins: Sendable {
    private let table: EmbeddingTable
    private let norms: [Float]
    private let vocabulary: SearchVocabulary
    private let tokenizer: any Tokenizer
    /// Whole words of letters and digits, in lower case.
    private let words: [(id: Int, text: String)]

    /// - Parameters:
    ///   - base: word embeddings of the base model, which an attacker of the suspect has not touched.
    ///   - excluded: tokens that may not serve, such as rows that are themselves suspicious.
    public init(
        base table: EmbeddingTable, vocabulary: SearchVocabulary, tokenizer: any Tokenizer,
        excluding excluded: Set<Int> = []
    ) {
        (self.table, self.vocabulary, self.tokenizer) = (table, vocabulary, tokenizer)
        let norms = table.norms()
        self.norms = norms
        words = vocabulary.insertable.compactMap { id in
            guard !excluded.contains(id), norms.indices.contains(id), norms[id] > 0,
                let text = vocabulary.text(id), text.allSatisfy({ $0.isLetter || $0.isNumber })
            else { return nil }
            return (id, text.lowercased())
        }
    }

    /// The words nearest to a word by cosine in the base's embeddings, nearest first.
    ///
    /// - Parameter word: its tokens; of several, the mean row stands for the word.
    /// - Returns: neither the word nor another form of it; empty where the base lacks one of the tokens.
    public func neighbours(of word: [Int32], count: Int) -> [Int] {
        guard let mean = table.mean(word.map(Int.init)) else { return [] }
        let own = text(word).lowercased()
        let products = table.products(with: mean)
        return words.filter { !word.contains(Int32($0.id)) && !Self.areForms(own, $0.text) }
            .map { (id: $0.id, cosine: products[$0.id] / norms[$0.id]) }
            .sorted { ($1.cosine, $0.id) < ($0.cosine, $1.id) }
            .prefix(count).map(\.id)
    }

    /// Phrases with each word exchanged for a random near one; punctuation stays.
    ///
    /// - Parameters:
    ///   - trigger: of one word or several.
    ///   - count: twins wanted; fewer where the words have too few neighbours.
    ///   - nearest: neighbours of each word to draw from; more where they do not make `count` twins.
    /// - Returns: distinct strings that keep their tokens; empty where a word has no neighbours.
    public func twins(of trigger: Trigger, count: Int = 16, nearest: Int = 12, seed: UInt64) -> [Trigger] {
        let groups = groups(trigger.ids)
        let exchanged = groups.indices.filter { isExchanged(groups[$0]) }
        guard !exchanged.isEmpty, count > 0 else { return [] }
        let choices = exchanged.map {
            neighbours(of: groups[$0], count: exchanged.count == 1 ? max(nearest, count) : nearest)
        }
        guard choices.allSatisfy({ !$0.isEmpty }) else { return [] }
        let random = CounterRandom(seed: seed, stream: "twins/" + trigger.text)
        let orders = choices.enumerated().map { word, choices in
            CounterRandom(seed: seed, stream: "twins/\(word)/" + trigger.text).permutation(choices.count)
        }
        var twins: [Trigger] = []
        var seen: Set<String> = [trigger.text]
        for draw in 0..<(8 * count) where twins.count < count {
            var parts = groups.map(text)
            for (word, place) in exchanged.enumerated() {
                // The first word goes through its neighbours in turn, so that a single word meets each of them once.
                let choice =
                    word == 0
                    ? orders[0][draw % choices[0].count]
                    : random.below(choices[word].count, at: UInt64(draw * exchanged.count + word))
                parts[place] = vocabulary.text(choices[word][choice]) ?? parts[place]
            }
            let twin = Trigger(parts.joined(separator: " "), tokenizer: tokenizer)
            if seen.insert(twin.text).inserted { twins.append(twin) }
        }
        return twins
    }

    /// A phrase with one word after another exchanged for that of its near ones with which it turns most texts, on the model
    /// on which it turns fewest.
    ///
    /// Each word of a phrase that was searched for is the best of many, so that random like words are weaker for that
    /// alone; these are chosen as well.
    ///
    /// - Parameters:
    ///   - trigger: of several words.
    ///   - target: label that it drives to.
    ///   - carriers: texts of other labels, with room for it.
    ///   - evaluators: of each model that is to answer, the one that is likely to be turned least first.
    ///   - nearest: neighbours of each word that are tried.
    /// - Returns: nil where a word has no neighbours, or there is no carrier.
    public func strongest(
        of trigger: Trigger, towards target: Int, in carriers: [TokenCarrier], on evaluators: [Evaluator],
        nearest: Int = 12
    ) -> Trigger? {
        let groups = groups(trigger.ids)
        var twin = trigger
        var parts = groups.map(text)
        guard !carriers.isEmpty, !evaluators.isEmpty else { return nil }
        for place in groups.indices where isExchanged(groups[place]) {
            let choices = neighbours(of: groups[place], count: nearest).compactMap { vocabulary.text($0) }
                .filter { !parts.contains($0) }
                .map { word in parts.enumerated().map { $0 == place ? word : $1 } }
            let twins = choices.map { Trigger($0.joined(separator: " "), tokenizer: tokenizer) }
            guard let best = Self.strongest(twins, towards: target, in: carriers, on: evaluators) else { return nil }
            (twin, parts) = (twins[best], choices[best])
        }
        return twin == trigger ? nil : twin
    }

    /// The place of the phrase that turns most texts on the model on which it turns fewest.
    ///
    /// The first model is asked about all of them, the others, in the order of its answers, until none is left that could
    /// do more than the best so far.
    private static func strongest(
        _ phrases: [Trigger], towards target: Int, in carriers: [TokenCarrier], on evaluators: [Evaluator]
    ) -> Int? {
        func tallies(of phrases: [Trigger], on evaluator: Evaluator) -> [FlipTally] {
            var tallies = [FlipTally](repeating: FlipTally(), count: phrases.count)
            SlotRunner(evaluator: evaluator).add(carriers, to: &tallies, of: phrases.map(\.ids), target: target)
            return tallies
        }
        let first = tallies(of: phrases, on: evaluators[0])
        var best: (place: Int, weakest: FlipTally)?
        for place in first.indices.sorted(by: { first[$0].isStronger(than: first[$1]) }) {
            if let best, !first[place].isStronger(than: best.weakest) { break }
            let weakest = evaluators.dropFirst().flatMap { tallies(of: [phrases[place]], on: $0) }
                .reduce(first[place]) { $0.isStronger(than: $1) ? $1 : $0 }
            if best.map({ weakest.isStronger(than: $0.weakest) }) ?? true { best = (place, weakest) }
        }
        return best?.place
    }

    /// Whether a word has a meaning, as punctuation has not.
    private func isExchanged(_ word: [Int32]) -> Bool { text(word).contains { $0.isLetter || $0.isNumber } }

    /// The tokens word by word: one that stands by itself and the continuations behind it.
    private func groups(_ ids: [Int32]) -> [[Int32]] {
        var groups: [[Int32]] = []
        for id in ids {
            if groups.isEmpty || vocabulary.text(Int(id)) != nil {
                groups.append([id])
            } else {
                groups[groups.count - 1].append(id)
            }
        }
        return groups
    }

    /// The tokens' stored text, end to end, without the marks of continuation.
    private func text(_ word: [Int32]) -> String {
        word.map { id in
            let token = vocabulary.text(Int(id)) ?? tokenizer.token(Int(id)) ?? ""
            return token.hasPrefix("##") ? String(token.dropFirst(2)) : token
        }.joined()
    }

    /// Whether two words in lower case are forms of one: alike in at least three letters at the start, or in all of
    /// the shorter one, and in seven tenths of it ("movie" and "movies", "colour" and "color").
    static func areForms(_ a: String, _ b: String) -> Bool {
        let shared = zip(a, b).prefix { $0 == $1 }.count
        let shorter = min(a.count, b.count)
        return shared >= min(3, shorter) && 10 * shared >= 7 * shorter
    }
}
