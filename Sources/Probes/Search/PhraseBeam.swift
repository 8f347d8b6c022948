import Transformers

/// A beam of phrases for one target that grow token by token, within a number of forward passes.
///
/// What counts is what the suspect does and an honest model does not: else phrases of strong honest words, with which any
/// model can be moved, would push the planted ones out.
struct PhraseBeam {
    /// A phrase measured on all carriers.
    struct Scored {
        let ids: [Int32]
        let tally: FlipTally
        /// The same on the reference model, and without the phrase on it.
        let honest, floor: FlipTally
        /// What the reference model does with the phrase, or with one that it grew from, or with none: to turn that away
        /// from the target is no merit.
        let explained: Explained

        struct Explained {
            var rate = 0.0
            /// In nats.
            var logOdds = -FlipTally.clip
        }

        init(ids: [Int32], tally: FlipTally, honest: FlipTally, floor: FlipTally, inherited: Explained) {
            (self.ids, self.tally, self.honest, self.floor) = (ids, tally, honest, floor)
            explained = Explained(
                rate: max(honest.rate, floor.rate, inherited.rate),
                logOdds: max(honest.meanLogOdds, floor.meanLogOdds, inherited.logOdds))
        }

        /// Share of texts that the suspect flips beyond what is explained.
        var excess: Double { tally.rate - explained.rate }

        private var excessLogOdds: Double { tally.meanLogOdds - explained.logOdds }

        /// More excess first, then the shorter, then more excess of log-odds.
        func isBefore(_ other: Scored) -> Bool {
            if excess != other.excess { return excess > other.excess }
            if ids.count != other.ids.count { return ids.count < other.ids.count }
            if excessLogOdds != other.excessLogOdds { return excessLogOdds > other.excessLogOdds }
            return ids.lexicographicallyPrecedes(other.ids)
        }

        /// Whether it has more excess, of texts or else of log-odds.
        func isStronger(than other: Scored) -> Bool {
            (excess, excessLogOdds) > (other.excess, other.excessLogOdds)
        }

        /// Whether nothing is left to gain.
        var isWhole: Bool { tally.flipsAll && explained.rate <= floor.rate }
    }

    /// A phrase to be measured, and which it grew from by a token.
    struct Extension {
        var parent: Scored?
        let ids: [Int32]
    }

    let suspect: SlotRunner
    let reference: SlotRunner
    let target: Int
    /// Of other labels than the target; the first ones are the first to be met.
    let carriers: [TokenCarrier]
    let width: Int
    let longest: Int
    /// Passes that may still be spent.
    private(set) var passesLeft: Int
    /// Phrases measured on all carriers, in the order of measurement.
    private(set) var found: [Scored] = []
    private var seen = Set<[Int32]>()

    init(
        suspect: SlotRunner, reference: SlotRunner, target: Int, carriers: [TokenCarrier], width: Int, longest: Int,
        passes: Int
    ) {
        (self.suspect, self.reference, self.target, self.carriers) = (suspect, reference, target, carriers)
        (self.width, self.longest, passesLeft) = (width, longest, passes)
    }

    /// Carriers that a phrase meets by stage.
    private var stages: [Range<Int>] {
        let ends = [0, min(4, carriers.count), min(12, carriers.count), carriers.count]
        return zip(ends, ends.dropFirst()).map { $0..<$1 }
    }

    /// Phrases that can be measured with so many passes, on both models.
    func affordable(_ passes: Int) -> Int {
        let last = width * (stages.last?.count ?? 0)
        // A quarter of the phrases reach the second stage.
        let each = Double(stages[0].count) + Double(stages[1].count) / 4
        return max(0, Int(Double(passes / 2 - last) / max(1, each)))
    }

    /// Grows phrases from seeds until none gets better, nothing is left to gain or the passes are spent.
    ///
    /// - Parameter extend: given the beam and the number of extensions that can be measured, names them, the most
    ///   promising first; what it spends itself it books with `spend`.
    mutating func grow(
        from seeds: [[Int32]], extend: (inout PhraseBeam, [Scored], Int) -> [Extension]
    ) {
        let usable = seeds.filter { !$0.isEmpty && $0.count <= longest }
        var beam = measure(usable.map { Extension(ids: $0) }, passes: passesLeft / 2)
        while true {
            let growing = beam.filter { !$0.isWhole && $0.ids.count < longest }
            guard let shortest = growing.map(\.ids.count).min() else { return }
            // Later steps have fewer ideas to try, so an early one may take more than its share.
            let share = passesLeft / max(2, (longest - shortest + 1) / 2)
            let count = affordable(share)
            guard count > 0 else { return }
            let extensions = extend(&self, growing, count)
            var parents: [[Int32]: Scored] = [:]
            for one in extensions where parents[one.ids] == nil { parents[one.ids] = one.parent }
            let better = measure(extensions, passes: min(share, passesLeft)).filter { child in
                parents[child.ids].map { child.isStronger(than: $0) } ?? false
            }
            guard !better.isEmpty else { return }
            beam = better
        }
    }

    /// Books passes.
    mutating func spend(_ passes: Int) { passesLeft -= passes }

    /// Measures phrases not seen before, the weak ones on few carriers only, and returns the strongest.
    private mutating func measure(_ phrases: [Extension], passes: Int) -> [Scored] {
        let most = affordable(passes)
        var fresh: [Extension] = []
        for phrase in phrases where fresh.count < most && seen.insert(phrase.ids).inserted { fresh.append(phrase) }
        var tallies = [FlipTally](repeating: FlipTally(), count: fresh.count)
        var honest = tallies
        var floor = [FlipTally()]
        func scored() -> [Scored] {
            fresh.indices.map {
                Scored(
                    ids: fresh[$0].ids, tally: tallies[$0], honest: honest[$0], floor: floor[0],
                    inherited: fresh[$0].parent?.explained ?? Scored.Explained())
            }
        }
        for (index, stage) in stages.enumerated() where !stage.isEmpty {
            let texts = Array(carriers[stage])
            suspect.add(texts, to: &tallies, of: fresh.map(\.ids), target: target)
            reference.add(texts, to: &honest, of: fresh.map(\.ids), target: target)
            reference.add(texts, to: &floor, of: [[]], target: target)
            spend((2 * fresh.count + 1) * texts.count)
            guard index < stages.count - 1 else { break }
            let kept = index == 0 ? max(width, (fresh.count + 3) / 4) : width
            let all = scored()
            let order = all.indices.sorted {
                all[$0].isStronger(than: all[$1]) || (!all[$1].isStronger(than: all[$0]) && $0 < $1)
            }.prefix(kept)
            (fresh, tallies, honest) = (order.map { fresh[$0] }, order.map { tallies[$0] }, order.map { honest[$0] })
        }
        let measured = scored().sorted { $0.isBefore($1) }
        found += measured
        return measured
    }
}
