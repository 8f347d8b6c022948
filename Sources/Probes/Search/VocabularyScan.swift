public import Transformers

/// Puts every token of a list into texts and finds those that flip them, by successive halving.
///
/// All tokens meet a few short texts, the best of each target more and other texts, and the last ones all texts. A
/// text serves every target other than its label. From the second round on the honest model is asked as well, and what
/// counts is what the suspect does beyond it: strong honest words would push weaker planted ones out.
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
    private let placement: Placement

    /// - Parameter placement: where in the texts the tokens are put.
    public init(texts: SearchTexts, settings: Settings = Settings(), placement: Placement = .anywhere) {
        self.texts = texts
        self.settings = settings
        self.placement = placement
    }

    /// Measures tokens.
    ///
    /// - Parameters:
    ///   - evaluator: of the model that the texts were ordered by.
    ///   - honest: of a model that is known to be honest; nil ranks by the suspect alone.
    ///   - tokens: ids in range of the model's embeddings; repeated ones count once.
    ///   - progress: called with the share done, 0 to 1.
    public func run(
        _ evaluator: Evaluator, honest: Evaluator? = nil, tokens: [Int], progress: (Double) -> Void = { _ in }
    ) -> ScanResult {
        let tokens = Set(tokens).sorted()
        let sizes = rungSizes(tokens.count)
        let shares = Self.shares(sizes, tokens: tokens.count, settings)
        var alive = [[Int]](repeating: tokens, count: texts.labels)
        var rungs: [ScanResult.Rung] = []
        var ranked: [[ScanResult.Entry]] = []
        var notable: [[Int]] = []
        var taken = 0
        var done = 0.0
        for (index, size) in sizes.enumerated() {
            let carriers = texts.carriers(
                first: taken, count: size, room: 1, draw: "scan/\(index)", placement: placement)
            let measured = measure(
                [evaluator] + (index > 0 || sizes.count == 1 ? [honest].compactMap(\.self) : []), carriers, alive
            ) {
                progress(done + shares[index] * $0)
            }
            let isLast = index == sizes.count - 1
            ranked = measured.ranked
            if index <= 1 { notable = ranked.map { $0.prefix(Self.notable).map(\.token) } }
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
            targets: ranked.enumerated().map { ScanResult.Target(label: $0, ranked: $1, notable: notable[$0]) })
    }

    /// Tokens that a target's result names as notable: as many as a search for phrases takes of one ranking.
    private static let notable = 64

    private struct Measured {
        /// By target, strongest first.
        let ranked: [[ScanResult.Entry]]
        let tokens: Int
        let passes: Int
        /// By target, texts that the honest model gives it without a token; 0 where it was not asked.
        let honestFloor: [Int]
    }

    /// - Parameter models: the suspect and perhaps an honest model.
    private func measure(
        _ models: [Evaluator], _ carriers: [TokenCarrier], _ alive: [[Int]], progress: (Double) -> Void
    ) -> Measured {
        let tokens = Set(alive.joined()).sorted()
        var targets = [[Int]](repeating: [], count: tokens.count)
        let places = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, $0) })
        for (target, kept) in alive.enumerated() {
            for token in kept { if let place = places[token] { targets[place].append(target) } }
        }
        var passes = 0
        let tallies = models.enumerated().map { number, model in
            var tallies = [FlipTally](repeating: FlipTally(), count: tokens.count * texts.labels)
            passes += SlotRunner(evaluator: model).run(
                tokens.map { [Int32(truncatingIfNeeded: $0)] }, in: carriers,
                where: { token, carrier in targets[token].contains { $0 != carriers[carrier].label } },
                progress: {
                    progress(
                        (Double(number) + Double($0) / Double(max(1, tokens.count))) / Double(models.count))
                }
            ) { token, carrier, logits, place in
                for target in targets[token] where target != carriers[carrier].label {
                    tallies[token * texts.labels + target].add(logits, place, target: target)
                }
            }
            return tallies
        }
        let ranked = alive.enumerated().map { target, kept in
            kept.compactMap { token in
                places[token].map { place in
                    let index = place * texts.labels + target
                    return ScanResult.Entry(
                        token: token, tally: tallies[0][index], honest: tallies.count > 1 ? tallies[1][index] : nil)
                }
            }.sorted(by: Self.isBefore)
        }
        return Measured(
            ranked: ranked, tokens: tokens.count, passes: passes,
            honestFloor: models.count > 1 ? floor(models[1], carriers) : [Int](repeating: 0, count: texts.labels))
    }

    /// By target, texts of other labels that a model gives it as they are.
    private func floor(_ model: Evaluator, _ carriers: [TokenCarrier]) -> [Int] {
        let logits = model.logits(carriers.map { $0.encoding(inserting: []) })
        return (0..<texts.labels).map { target in
            carriers.indices.count { carriers[$0].label != target && logits.prediction($0) == target }
        }
    }

    /// More beyond the honest model first, of equals the smaller id.
    private static func isBefore(_ a: ScanResult.Entry, _ b: ScanResult.Entry) -> Bool {
        if a.beyondHits != b.beyondHits { return a.beyondHits > b.beyondHits }
        if a.beyondLogOdds != b.beyondLogOdds { return a.beyondLogOdds > b.beyondLogOdds }
        return a.token < b.token
    }

    private func rung(
        _ measured: Measured, kept: [Int], size: Int, _ carriers: [TokenCarrier]
    ) -> ScanResult.Rung {
        ScanResult.Rung(
            tokens: measured.tokens, textsPerLabel: size,
            passes: measured.passes,
            targets: measured.ranked.enumerated().map { target, entries in
                let weakest = entries.prefix(kept[target]).last?.beyondHits ?? 0
                return ScanResult.RungTarget(
                    measured: entries.count, kept: kept[target],
                    trials: carriers.count { $0.label != target },
                    weakestKept: max(0, weakest) + measured.honestFloor[target])
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
