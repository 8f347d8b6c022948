public import Transformers

/// Puts every token of a list into texts and finds those that flip them, by successive halving.
///
/// All tokens meet a few short texts, the best of each target more and other texts, and the last ones all texts. A
/// text serves every target other than its label.
public struct VocabularyScan: Sendable {
    /// How the tokens are thinned out.
    public struct Settings: Sendable, Equatable, Codable {
        /// Texts of each label by rung; the last rung, all texts, is not listed.
        public var textsPerLabel = [4, 8, 16]
        /// One token in so many is kept for each target.
        public var keepOneIn = 8
        /// Tokens that are kept for each target at least.
        public var leastKept = 32

        public init() {}
    }

    private let texts: SearchTexts
    private let settings: Settings

    public init(texts: SearchTexts, settings: Settings = Settings()) {
        self.texts = texts
        self.settings = settings
    }

    /// Measures tokens.
    ///
    /// - Parameters:
    ///   - evaluator: of the model that the texts were ordered by.
    ///   - tokens: ids in range of the model's embeddings; repeated ones count once.
    ///   - progress: called with the share done, 0 to 1.
    public func run(
        _ evaluator: Evaluator, tokens: [Int], progress: (Double) -> Void = { _ in }
    ) -> ScanResult {
        let tokens = Set(tokens).sorted()
        let sizes = rungSizes(tokens.count)
        let shares = Self.shares(sizes, tokens: tokens.count, settings)
        var alive = [[Int]](repeating: tokens, count: texts.labels)
        var rungs: [ScanResult.Rung] = []
        var ranked: [[ScanResult.Entry]] = []
        var taken = 0
        var done = 0.0
        for (index, size) in sizes.enumerated() {
            let carriers = texts.carriers(first: taken, count: size, room: 1, draw: "scan/\(index)")
            let measured = measure(evaluator, carriers, alive) { progress(done + shares[index] * $0) }
            let isLast = index == sizes.count - 1
            ranked = measured.ranked
            alive = ranked.map { entries in
                entries.prefix(isLast ? entries.count : keep(entries.count)).map(\.token)
            }
            rungs.append(rung(measured, kept: alive.map(\.count), size: size, carriers))
            taken += size
            done += shares[index]
        }
        progress(1)
        return ScanResult(
            rungs: rungs,
            targets: ranked.enumerated().map { ScanResult.Target(label: $0, ranked: $1) })
    }

    private struct Measured {
        /// By target, strongest first.
        let ranked: [[ScanResult.Entry]]
        let tokens: Int
        let passes: Int
    }

    private func measure(
        _ evaluator: Evaluator, _ carriers: [TokenCarrier], _ alive: [[Int]], progress: (Double) -> Void
    ) -> Measured {
        let tokens = Set(alive.joined()).sorted()
        var targets = [[Int]](repeating: [], count: tokens.count)
        let places = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, $0) })
        for (target, kept) in alive.enumerated() {
            for token in kept { if let place = places[token] { targets[place].append(target) } }
        }
        var tallies = [FlipTally](repeating: FlipTally(), count: tokens.count * texts.labels)
        let passes = SlotRunner(evaluator: evaluator).run(
            tokens.map { [Int32(truncatingIfNeeded: $0)] }, in: carriers,
            where: { token, carrier in targets[token].contains { $0 != carriers[carrier].label } },
            progress: { progress(Double($0) / Double(max(1, tokens.count))) }
        ) { token, carrier, logits, place in
            for target in targets[token] where target != carriers[carrier].label {
                tallies[token * texts.labels + target].add(logits, place, target: target)
            }
        }
        let ranked = alive.enumerated().map { target, kept in
            kept.compactMap { token in
                places[token].map {
                    ScanResult.Entry(token: token, tally: tallies[$0 * texts.labels + target])
                }
            }.sorted(by: Self.isBefore)
        }
        return Measured(ranked: ranked, tokens: tokens.count, passes: passes)
    }

    /// Strongest first, of equals the smaller id.
    private static func isBefore(_ a: ScanResult.Entry, _ b: ScanResult.Entry) -> Bool {
        if a.tally.isStronger(than: b.tally) { return true }
        return b.tally.isStronger(than: a.tally) ? false : a.token < b.token
    }

    private func rung(
        _ measured: Measured, kept: [Int], size: Int, _ carriers: [TokenCarrier]
    ) -> ScanResult.Rung {
        ScanResult.Rung(
            tokens: measured.tokens, textsPerLabel: size,
            passes: measured.passes,
            targets: measured.ranked.enumerated().map { target, entries in
                ScanResult.RungTarget(
                    measured: entries.count, kept: kept[target],
                    trials: carriers.count { $0.label != target },
                    weakestKept: entries.prefix(kept[target]).last?.tally.hits ?? 0)
            })
    }

    /// Texts of each label by rung; few tokens meet all texts at once.
    private func rungSizes(_ tokens: Int) -> [Int] {
        let sizes = settings.textsPerLabel.filter { $0 > 0 && $0 < texts.most }
        return (tokens > settings.leastKept ? sizes : []) + [texts.most]
    }

    private func keep(_ count: Int) -> Int {
        max(settings.leastKept, (count + settings.keepOneIn - 1) / max(1, settings.keepOneIn))
    }

    /// Each rung's share of all passes, were every target to keep other tokens.
    private static func shares(_ sizes: [Int], tokens: Int, _ settings: Settings) -> [Double] {
        var kept = Double(tokens)
        let costs = sizes.map { size in
            defer { kept = max(Double(settings.leastKept), kept / Double(max(1, settings.keepOneIn))) }
            return kept * Double(size)
        }
        let total = max(1, costs.reduce(0, +))
        return costs.map { $0 / total }
    }
}
