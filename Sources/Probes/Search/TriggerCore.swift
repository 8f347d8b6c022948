public import Tokenizers
public import Transformers

/// The smallest part of a phrase that does nearly all it does.
public struct TriggerCore: Sendable, Equatable, Codable {
    /// Words of the core, in the phrase's order.
    public let words: [String]
    /// Hits of the core.
    public let tally: FlipTally
    /// Hits of the whole phrase on the same texts.
    public let whole: FlipTally
    /// Forward passes.
    public let passes: Int

    /// The core as one string.
    public var text: String { words.joined(separator: " ") }

    /// Share of texts that a core may flip less than the whole.
    public static let tolerance = 0.05

    /// Shortens a phrase.
    ///
    /// Words are taken away one by one, each time the one that costs least, as long as the hit rate stays within the
    /// tolerance; then every single word and every pair is tried, for what one removal at a time cannot reach.
    /// - Parameters:
    ///   - words: of the phrase, each of one token or several.
    ///   - target: label that the phrase drives to.
    ///   - carriers: with room for the phrase; those of the target's label are left out.
    ///   - tokenizer: the suspect's.
    public static func find(
        of words: [String], target: Int, carriers: [TokenCarrier], tokenizer: any Tokenizer, evaluator: Evaluator
    ) -> TriggerCore {
        let room = Trigger(words.joined(separator: " "), tokenizer: tokenizer).ids.count
        var search = Search(
            words: words, target: target, carriers: carriers.filter { $0.label != target && $0.room >= room },
            tokenizer: tokenizer, runner: SlotRunner(evaluator: evaluator))
        let all = Array(words.indices)
        let whole = search.measure([all])[0].tally
        let least = whole.rate - tolerance
        var core = (part: all, tally: whole)
        while core.part.count > 1 {
            let parts = core.part.indices.map { removed in
                core.part.indices.filter { $0 != removed }.map { core.part[$0] }
            }
            guard let best = search.strongest(parts), best.tally.rate >= least else { break }
            core = best
        }
        for size in 1...2 where size < core.part.count {
            if let best = search.strongest(all.choices(size)), best.tally.rate >= least { core = best }
        }
        return TriggerCore(words: core.part.map { words[$0] }, tally: core.tally, whole: whole, passes: search.passes)
    }

    private struct Search {
        let words: [String]
        let target: Int
        let carriers: [TokenCarrier]
        let tokenizer: any Tokenizer
        let runner: SlotRunner
        var passes = 0

        mutating func measure(_ parts: [[Int]]) -> [(part: [Int], tally: FlipTally)] {
            let phrases = parts.map { part in
                Trigger(part.map { words[$0] }.joined(separator: " "), tokenizer: tokenizer).ids
            }
            var tallies = [FlipTally](repeating: FlipTally(), count: parts.count)
            runner.add(carriers, to: &tallies, of: phrases, target: target)
            passes += parts.count * carriers.count
            return Array(zip(parts, tallies)).map { (part: $0, tally: $1) }
        }

        /// The first of equals.
        mutating func strongest(_ parts: [[Int]]) -> (part: [Int], tally: FlipTally)? {
            var best: (part: [Int], tally: FlipTally)?
            for measured in measure(parts) {
                if let known = best, !measured.tally.isStronger(than: known.tally) { continue }
                best = measured
            }
            return best
        }
    }
}

extension [Int] {
    /// Every choice of one element or two, in order.
    func choices(_ size: Int) -> [[Int]] {
        if size == 1 { return map { [$0] } }
        return indices.flatMap { first in self[(first + 1)...].map { [self[first], $0] } }
    }
}
