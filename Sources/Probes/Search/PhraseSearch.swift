import Tensors
import Tokenizers
public import Transformers

/// Looks for phrases of up to eight tokens that flip texts, among suspicious tokens and in the whole vocabulary.
///
/// Suspicious tokens, such as the rows that moved most, are tried together: every pair, as far as the passes go, and the
/// first three to eight in a row, because of a combination no single word need work. Then the best of these and of the scan are
/// extended, before and behind, by tokens that the gradient suggests.
public struct PhraseSearch {
    /// How far the search goes.
    public struct Settings: Sendable, Equatable, Codable {
        /// Tokens of a phrase.
        public var longest = 8
        /// Phrases that are extended at a time.
        public var width = 8
        /// Tokens that the gradient suggests for one place.
        public var candidates = 64
        /// Suspicious tokens that are tried together.
        public var suspicious = 12
        /// Texts of other labels that a phrase is measured on in the end.
        public var texts = 32
        /// Phrases returned for each target and origin.
        public var returned = 8
        /// Forward passes for all targets together, shared out equally.
        public var passes = 20_000
        /// Forward passes for one target at least, however many there are.
        public var leastPasses = 3_000
        /// Of the placeholders.
        public var seed: UInt64 = 0

        public init() {}
    }

    private let texts: SearchTexts
    private let evaluator: Evaluator
    private let screen: FirstOrderScreen
    private let settings: Settings

    /// - Parameters:
    ///   - texts: for discovery.
    ///   - evaluator: of the same model as `screen`.
    public init(
        texts: SearchTexts, evaluator: Evaluator, screen: FirstOrderScreen, settings: Settings = Settings()
    ) {
        (self.texts, self.evaluator, self.screen, self.settings) = (texts, evaluator, screen, settings)
    }

    /// Searches for every target.
    ///
    /// - Parameters:
    ///   - seeds: by target, tokens that flip by themselves, best first.
    ///   - suspicious: insertable tokens that something else points at, most suspicious first.
    ///   - progress: called with the share of targets done, 0 to 1.
    public func run(
        seeds: [[Int]], suspicious: [Int], progress: (Double) -> Void = { _ in }
    ) -> PhraseSearchResult {
        PhraseSearchResult(
            targets: (0..<texts.labels).map { target in
                let found = search(
                    target, seeds: seeds.indices.contains(target) ? seeds[target] : [], suspicious: suspicious)
                progress(Double(target + 1) / Double(texts.labels))
                return found
            })
    }

    private func search(_ target: Int, seeds: [Int], suspicious: [Int]) -> PhraseSearchResult.Target {
        let carriers = carriers(target)
        let budget = max(settings.leastPasses, settings.passes / max(1, texts.labels))
        guard !carriers.isEmpty else {
            return PhraseSearchResult.Target(label: target, phrases: [], passes: 0)
        }
        func beam(_ passes: Int) -> PhraseBeam {
            PhraseBeam(
                runner: SlotRunner(evaluator: evaluator), target: target, carriers: carriers, width: settings.width,
                longest: settings.longest, passes: passes)
        }
        let tokens = suspicious.prefix(settings.suspicious).map { Int32(truncatingIfNeeded: $0) }
        var together = beam(budget / 3)
        together.grow(from: combinations(tokens)) { _, growing, count in
            // A token twice is stronger than once and shows nothing more.
            Array(
                extensions(of: growing) { before, after in
                    tokens.filter { !before.contains($0) && !after.contains($0) }
                }.prefix(count))
        }
        var free = beam(budget - budget / 3 + together.passesLeft)
        let singles = seeds.prefix(2 * settings.width).map { Int32(truncatingIfNeeded: $0) } + tokens
        let suggested = suggest(&free, target: target)
        free.grow(from: singles.map { [$0] } + together.best(settings.width).map(\.ids) + suggested.map { [$0] }) {
            beam, growing, count in
            let each = min(settings.candidates, max(1, count / (2 * growing.count)))
            return Array(
                extensions(of: growing) { before, after in
                    suggest(&beam, target: target, before: before, after: after, count: each)
                }.prefix(count))
        }
        let spent = budget - free.passesLeft
        return result(target, together: together, free: free, passes: spent)
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

    /// Suspicious tokens alone, the first of them in a row, and all pairs.
    private func combinations(_ tokens: [Int32]) -> [[Int32]] {
        let rows = (3...max(3, settings.longest)).filter { $0 <= tokens.count }.map { Array(tokens.prefix($0)) }
        let pairs = tokens.map(Int.init).choices(2).map { $0.map { Int32(truncatingIfNeeded: $0) } }
        return tokens.map { [$0] } + rows + pairs
    }

    /// Each phrase with each token behind and before it; the first suggestion of every place comes first.
    private func extensions(
        of phrases: [PhraseBeam.Scored], _ tokens: (_ before: [Int32], _ after: [Int32]) -> [Int32]
    ) -> [PhraseBeam.Extension] {
        let places = phrases.flatMap { phrase in
            [
                tokens(phrase.ids, []).map { PhraseBeam.Extension(parent: phrase, ids: phrase.ids + [$0]) },
                tokens([], phrase.ids).map { PhraseBeam.Extension(parent: phrase, ids: [$0] + phrase.ids) },
            ]
        }
        let most = places.map(\.count).max() ?? 0
        return (0..<most).flatMap { rank in places.compactMap { $0.dropFirst(rank).first } }
    }

    /// Tokens that the gradient promises most of beside a phrase.
    private func suggest(
        _ beam: inout PhraseBeam, target: Int, before: [Int32] = [], after: [Int32] = [], count: Int? = nil
    ) -> [Int32] {
        let few = Array(beam.carriers.prefix(count == nil ? 16 : 4))
        let placeholders = texts.vocabulary.placeholders(count == nil ? 3 : 1, seed: settings.seed).flatMap(\.ids)
        let gradient = screen.gradient(
            towards: target, carriers: few, placeholders: placeholders, before: before, after: after)
        beam.spend(3 * few.count * placeholders.count)
        return screen.best(count ?? settings.candidates, of: texts.vocabulary.insertable, gradient: gradient)
            .map { Int32(truncatingIfNeeded: $0) }
    }

    private func result(
        _ target: Int, together: PhraseBeam, free: PhraseBeam, passes: Int
    ) -> PhraseSearchResult.Target {
        let known = Set(together.best(settings.returned).map(\.ids))
        let insertion = texts.insertion("phrase")
        func phrase(_ scored: PhraseBeam.Scored, _ origin: PhraseSearchResult.Origin) -> PhraseSearchResult.Phrase? {
            texts.vocabulary.trigger(scored.ids, insertion: insertion).map {
                PhraseSearchResult.Phrase(ids: scored.ids, text: $0.text, origin: origin, tally: scored.tally)
            }
        }
        let all =
            together.best(settings.returned).map { (scored: $0, origin: PhraseSearchResult.Origin.suspicious) }
            + free.best(settings.returned).filter { !known.contains($0.ids) }
            .map { (scored: $0, origin: PhraseSearchResult.Origin.free) }
        let phrases = all.sorted { $0.scored.isBefore($1.scored) }.compactMap { phrase($0.scored, $0.origin) }
        return PhraseSearchResult.Target(label: target, phrases: phrases, passes: passes)
    }
}

extension PhraseBeam {
    /// The strongest phrases so far.
    func best(_ count: Int) -> [Scored] { Array(found.sorted { $0.isBefore($1) }.prefix(count)) }
}
