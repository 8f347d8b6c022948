import Tensors
public import Tokenizers

/// Random tokens to set beside candidates: like them in frequency and length, and nothing else.
public enum ControlTokens {
    /// Draws control triggers.
    ///
    /// For each candidate the eligible tokens nearest in log frequency and length are listed and some of them drawn.
    /// - Parameters:
    ///   - count: how many; fewer only where the vocabulary has no more.
    ///   - candidates: ids to be matched.
    ///   - excluded: ids that may not serve, such as rows that are themselves suspicious.
    ///   - frequency: of a token in a large corpus, by id.
    /// - Returns: distinct triggers of one token each.
    public static func draw(
        _ count: Int, matching candidates: [Int], excluding excluded: Set<Int>, tokenizer: any Tokenizer,
        frequency: (Int) -> Double, seed: UInt64
    ) -> [Trigger] {
        let eligible = eligibleTokens(tokenizer, excluding: excluded.union(candidates))
        let features = eligible.map { Feature(length: $0.text.count, logFrequency: logarithm(frequency($0.id))) }
        let random = CounterRandom(seed: seed, stream: "controls")
        guard !candidates.isEmpty else {
            let order = random.permutation(eligible.count)
            return order.prefix(count).map { Trigger(eligible[$0].text, tokenizer: tokenizer) }
        }
        var chosen: [Int] = []
        var used = Set<Int>()
        let share = (count + candidates.count - 1) / candidates.count
        for (index, candidate) in candidates.enumerated() {
            let text = tokenizer.insertableText(for: candidate) ?? tokenizer.token(candidate) ?? ""
            let target = Feature(
                length: text.count, logFrequency: logarithm(frequency(candidate)))
            let nearest = eligible.indices.filter { !used.contains($0) }
                .sorted { (features[$0].distance(to: target), $0) < (features[$1].distance(to: target), $1) }
                .prefix(share * 10)
            let order = CounterRandom(seed: seed, stream: "controls/\(index)").permutation(nearest.count)
            for place in order.prefix(min(share, count - chosen.count)) {
                chosen.append(nearest[place])
                used.insert(nearest[place])
            }
        }
        return chosen.map { Trigger(eligible[$0].text, tokenizer: tokenizer) }
    }

    private struct Feature {
        let length: Int
        let logFrequency: Double

        func distance(to other: Feature) -> Double {
            abs(logFrequency - other.logFrequency) + 0.5 * Double(abs(length - other.length))
        }
    }

    private static func eligibleTokens(
        _ tokenizer: any Tokenizer, excluding excluded: Set<Int>
    ) -> [(id: Int, text: String)] {
        let known = Set(Trigger.knownTexts)
        return (0..<tokenizer.vocabularySize).compactMap { id in
            guard !excluded.contains(id), !tokenizer.isUnused(id), let text = tokenizer.insertableText(for: id),
                !known.contains(text), text.allSatisfy(\.isLetter)
            else { return nil }
            return (id, text)
        }
    }
}
