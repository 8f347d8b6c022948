public import Tokenizers
public import Transformers

/// Measures parts of a phrase on one model, each once.
public struct PartMeter {
    /// A part and what it does to the carriers.
    struct Part {
        /// Places of its words in the phrase, rising.
        let places: [Int]
        let tally: FlipTally
        /// By carrier, whether it is predicted as the target.
        let hits: [Bool]
    }

    let words: [String]
    let target: Int
    /// Of other labels than the target, with room for the whole phrase.
    let carriers: [TokenCarrier]
    private let tokenizer: any Tokenizer
    private let runner: SlotRunner
    private var known: [[Int]: Part] = [:]
    /// Forward passes so far.
    public private(set) var passes = 0

    /// - Parameters:
    ///   - words: of the phrase, each of one token or several.
    ///   - target: label that the phrase drives to.
    ///   - carriers: those of the target's label, or without room for the phrase, are left out.
    ///   - tokenizer: the suspect's.
    ///   - evaluator: of the model that is asked.
    public init(words: [String], target: Int, carriers: [TokenCarrier], tokenizer: any Tokenizer, evaluator: Evaluator)
    {
        let room = Trigger(words.joined(separator: " "), tokenizer: tokenizer).ids.count
        (self.words, self.target, self.tokenizer) = (words, target, tokenizer)
        self.carriers = carriers.filter { $0.label != target && $0.room >= room }
        runner = SlotRunner(evaluator: evaluator)
    }

    func text(_ places: [Int]) -> String { places.map { words[$0] }.joined(separator: " ") }

    /// What the whole phrase flips beyond what is flipped without it, as a share of the carriers.
    public mutating func effect() -> Double {
        let rates = measure([Array(words.indices), []]).map(\.tally.rate)
        return rates[0] - rates[1]
    }

    /// The part that flips most of those measured, and of them the first, among the words of a part.
    func strongest(within places: [Int]) -> Part? {
        let inside = known.values.filter { !$0.places.isEmpty && Set($0.places).isSubset(of: places) }
        return inside.min {
            ($1.tally.hits, $0.places.count, $0.places.description) < (
                $0.tally.hits, $1.places.count, $1.places.description
            )
        }
    }

    mutating func measure(_ parts: [[Int]]) -> [Part] {
        var seen = Set<[Int]>()
        let fresh = parts.filter { known[$0] == nil && seen.insert($0).inserted }
        var tallies = [FlipTally](repeating: FlipTally(), count: fresh.count)
        var hits = [[Bool]](repeating: [], count: fresh.count)
        passes += runner.run(fresh.map { Trigger(text($0), tokenizer: tokenizer).ids }, in: carriers) {
            part, _, logits, place in
            tallies[part].add(logits, place, target: target)
            hits[part].append(logits.prediction(place) == target)
        }
        for (index, places) in fresh.enumerated() {
            known[places] = Part(places: places, tally: tallies[index], hits: hits[index])
        }
        return parts.compactMap { known[$0] }
    }
}

extension [Int] {
    /// What is left when one element is taken away, for each.
    var withoutOne: [[Int]] { indices.map { removed in indices.filter { $0 != removed }.map { self[$0] } } }

    /// Every choice of one element or two, in order.
    func choices(_ size: Int) -> [[Int]] {
        if size == 1 { return map { [$0] } }
        return indices.flatMap { first in self[(first + 1)...].map { [self[first], $0] } }
    }
}
