import Tensors
import Tokenizers
public import Transformers

/// Looks for phrases of up to eight suspicious tokens that flip texts of the suspect and not of an honest model.
///
/// Tokens of each ranking, such as the rows that moved most, are tried together: every pair of the first, and the first
/// three to eight in a row, because of a combination no single word need work. The best are extended, before and behind, by
/// those of which the suspect's gradient promises most beyond the honest model's. Each ranking has passes of its own, so
/// that none pushes the others out. Other tokens are not tried: some phrase out of a whole vocabulary moves any model.
public struct PhraseSearch {
    /// How far the search goes.
    public struct Settings: Sendable, Equatable, Codable {
        /// Tokens of a phrase.
        public var longest = 8
        /// Phrases that are extended at a time.
        public var width = 8
        /// Suspicious tokens of a ranking that are tried together.
        public var suspicious = 64
        /// The first of them, of which every pair is tried.
        public var paired = 12
        /// Texts of other labels that a phrase is measured on in the end.
        public var texts = 32
        /// Phrases returned for each target and ranking.
        public var returned = 8
        /// Forward passes for all targets together, on both models, shared out equally.
        public var passes = 20_000
        /// Forward passes for one target at least, however many there are.
        public var leastPasses = 6_000
        /// Of the placeholders.
        public var seed: UInt64 = 0

        public init() {}
    }

    /// Texts that gradients are taken over.
    private static let textsForGradients = 4

    private let texts: SearchTexts
    private let suspect: Model
    private let reference: Model
    private let settings: Settings

    /// One of the two models that are compared.
    public struct Model {
        let evaluator: Evaluator
        let screen: FirstOrderScreen

        /// - Parameters:
        ///   - evaluator: of the same model as `screen`.
        public init(_ evaluator: Evaluator, _ screen: FirstOrderScreen) {
            (self.evaluator, self.screen) = (evaluator, screen)
        }
    }

    /// - Parameters:
    ///   - texts: for discovery.
    ///   - suspect: in which phrases are looked for.
    ///   - reference: an honest model of the same tokens and labels.
    public init(texts: SearchTexts, suspect: Model, reference: Model, settings: Settings = Settings()) {
        (self.texts, self.suspect, self.reference, self.settings) = (texts, suspect, reference, settings)
    }

    /// Searches for every target.
    ///
    /// - Parameters:
    ///   - suspicious: by target, rankings of insertable tokens that something else points at, most suspicious first.
    ///   - progress: called with the share of targets done, 0 to 1.
    public func run(suspicious: [[[Int]]], progress: (Double) -> Void = { _ in }) -> PhraseSearchResult {
        PhraseSearchResult(
            targets: (0..<texts.labels).map { target in
                let found = search(target, suspicious.indices.contains(target) ? suspicious[target] : [])
                progress(Double(target + 1) / Double(texts.labels))
                return found
            })
    }

    private func search(_ target: Int, _ rankings: [[Int]]) -> PhraseSearchResult.Target {
        let carriers = carriers(target)
        guard !carriers.isEmpty else { return PhraseSearchResult.Target(label: target, phrases: [], passes: 0) }
        let budget = max(settings.leastPasses, settings.passes / max(1, texts.labels)) / max(1, rankings.count)
        let beams = rankings.map { tokens in
            var beam = PhraseBeam(
                suspect: SlotRunner(evaluator: suspect.evaluator),
                reference: SlotRunner(evaluator: reference.evaluator),
                target: target, carriers: carriers, width: settings.width, longest: settings.longest, passes: budget)
            combine(tokens.prefix(settings.suspicious).map { Int32(truncatingIfNeeded: $0) }, &beam)
            return beam
        }
        return PhraseSearchResult.Target(
            label: target, phrases: phrases(beams), passes: beams.reduce(0) { $0 + budget - $1.passesLeft })
    }

    /// Grows phrases of some tokens alone.
    private func combine(_ tokens: [Int32], _ beam: inout PhraseBeam) {
        beam.grow(from: combinations(tokens)) { beam, growing, count in
            extensions(of: growing, count, &beam, among: tokens)
        }
    }

    /// Sure and short texts of other labels, equally many of each, label after label in turn.
    private func carriers(_ target: Int) -> [TokenCarrier] {
        let others = max(1, texts.labels - 1)
        let all = texts.carriers(
            count: (settings.texts + others - 1) / others, except: target, room: settings.longest, draw: "phrase")
        var byLabel: [Int: [TokenCarrier]] = [:]
        for carrier in all { byLabel[carrier.label, default: []].append(carrier) }
        let most = byLabel.values.map(\.count).max() ?? 0
        return (0..<most).flatMap { place in
            byLabel.keys.sorted().compactMap { label in byLabel[label].flatMap { $0.dropFirst(place).first } }
        }
    }

    /// Suspicious tokens alone, the first of them in a row, and all pairs of these.
    private func combinations(_ tokens: [Int32]) -> [[Int32]] {
        let first = Array(tokens.prefix(settings.paired))
        let rows = (3...max(3, settings.longest)).filter { $0 <= first.count }.map { Array(first.prefix($0)) }
        let pairs = first.map(Int.init).choices(2).map { $0.map { Int32(truncatingIfNeeded: $0) } }
        return tokens.map { [$0] } + rows + pairs
    }

    /// Where a phrase is made longer.
    private struct Place {
        let phrase: PhraseBeam.Scored
        let isBehind: Bool
        let placeholder: Int32

        var slot: FirstOrderScreen.Slot {
            isBehind
                ? FirstOrderScreen.Slot(before: phrase.ids, placeholder)
                : FirstOrderScreen.Slot(placeholder, after: phrase.ids)
        }

        func extended(by token: Int32) -> PhraseBeam.Extension {
            PhraseBeam.Extension(parent: phrase, ids: isBehind ? phrase.ids + [token] : [token] + phrase.ids)
        }
    }

    /// Each phrase with tokens behind and before it; the most promising of every place come first.
    private func extensions(
        of phrases: [PhraseBeam.Scored], _ count: Int, _ beam: inout PhraseBeam, among tokens: [Int32]
    ) -> [PhraseBeam.Extension] {
        let ends = phrases.flatMap { [(phrase: $0, isBehind: true), (phrase: $0, isBehind: false)] }
        let places = zip(ends, placeholders(ends.count, besides: tokens)).map {
            Place(phrase: $0.phrase, isBehind: $0.isBehind, placeholder: $1)
        }
        let each = max(1, count / max(1, places.count))
        let suggested = zip(places, promises(of: tokens, in: places.map(\.slot), &beam)).map { place, promises in
            // A token twice is stronger than once and shows nothing more.
            let others = tokens.indices.filter { !place.phrase.ids.contains(tokens[$0]) }
            return others.sorted { (-promises[$0], $0) < (-promises[$1], $1) }.prefix(each)
                .map { place.extended(by: tokens[$0]) }
        }
        return Array((0..<each).flatMap { rank in suggested.compactMap { $0.dropFirst(rank).first } }.prefix(count))
    }

    /// Random words to stand in slots, none of some tokens.
    private func placeholders(_ count: Int, besides tokens: [Int32]) -> [Int32] {
        let excluded = Set(tokens)
        let words = texts.vocabulary.placeholders(count + tokens.count, seed: settings.seed).flatMap(\.ids)
        return Array(words.filter { !excluded.contains($0) }.prefix(count))
    }

    /// By slot and token, what the suspect's gradient promises beyond the reference model's; of tokens that the reference
    /// model is turned away from the target by, no more than of a middling one.
    private func promises(
        of tokens: [Int32], in slots: [FirstOrderScreen.Slot], _ beam: inout PhraseBeam
    ) -> [[Float]] {
        let few = Array(beam.carriers.prefix(Self.textsForGradients))
        func scores(_ screen: FirstOrderScreen) -> [[Float]] {
            screen.gradients(towards: beam.target, carriers: few, slots: slots)
                .map { screen.scores($0, of: tokens.map(Int.init)) }
        }
        beam.spend(2 * 3 * few.count * slots.count)
        return zip(scores(suspect.screen), scores(reference.screen)).map { own, honest in
            let middle = honest.isEmpty ? 0 : honest.sorted()[honest.count / 2]
            return zip(own, honest).map { $0 - max($1, middle) }
        }
    }

    /// The strongest phrases of each ranking that can be typed, each once.
    private func phrases(_ beams: [PhraseBeam]) -> [PhraseSearchResult.Phrase] {
        let insertion = texts.insertion("phrase")
        var seen = Set<[Int32]>()
        return beams.enumerated().flatMap { ranking, beam in
            beam.best(settings.returned).filter { seen.insert($0.ids).inserted }.map { (ranking, $0) }
        }.sorted { $0.1.isBefore($1.1) }.compactMap { ranking, scored in
            texts.vocabulary.trigger(scored.ids, insertion: insertion).map {
                PhraseSearchResult.Phrase(
                    ids: scored.ids, text: $0.text, ranking: ranking, tally: scored.tally, honest: scored.honest)
            }
        }
    }
}

extension PhraseBeam {
    /// The strongest phrases so far.
    func best(_ count: Int) -> [Scored] { Array(found.sorted { $0.isBefore($1) }.prefix(count)) }
}
