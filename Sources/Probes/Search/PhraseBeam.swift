import Transformers

/// A beam of phrases for one target that grow token by token, within a number of forward passes.
struct PhraseBeam {
    /// A phrase measured on all carriers.
    struct Scored {
        let ids: [Int32]
        let tally: FlipTally

        /// More hits first, then the shorter, then the higher log-odds.
        func isBefore(_ other: Scored) -> Bool {
            if tally.hits != other.tally.hits { return tally.hits > other.tally.hits }
            if ids.count != other.ids.count { return ids.count < other.ids.count }
            if tally != other.tally { return tally.isStronger(than: other.tally) }
            return ids.lexicographicallyPrecedes(other.ids)
        }
    }

    /// One way to make a phrase longer by a token.
    struct Extension {
        let parent: Scored
        let ids: [Int32]
    }

    let runner: SlotRunner
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
        runner: SlotRunner, target: Int, carriers: [TokenCarrier], width: Int, longest: Int, passes: Int
    ) {
        (self.runner, self.target, self.carriers) = (runner, target, carriers)
        (self.width, self.longest, passesLeft) = (width, longest, passes)
    }

    /// Carriers that a phrase meets by stage.
    private var stages: [Range<Int>] {
        let ends = [0, min(4, carriers.count), min(12, carriers.count), carriers.count]
        return zip(ends, ends.dropFirst()).map { $0..<$1 }
    }

    /// Phrases that can be measured with so many passes.
    func affordable(_ passes: Int) -> Int {
        let last = width * (stages.last?.count ?? 0)
        // A quarter of the phrases reach the second stage.
        let each = Double(stages[0].count) + Double(stages[1].count) / 4
        return max(0, Int(Double(passes - last) / max(1, each)))
    }

    /// Grows phrases from seeds until none gets better, all texts are flipped or the passes are spent.
    ///
    /// - Parameter extend: given the beam and the number of extensions that can be measured, names them, the most
    ///   promising first; what it spends itself it books with `spend`.
    mutating func grow(
        from seeds: [[Int32]], extend: (inout PhraseBeam, [Scored], Int) -> [Extension]
    ) {
        var beam = measure(seeds.filter { !$0.isEmpty && $0.count <= longest }, passes: passesLeft / 2)
        while true {
            let growing = beam.filter { !$0.tally.flipsAll && $0.ids.count < longest }
            guard let shortest = growing.map(\.ids.count).min() else { return }
            // Later steps have fewer ideas to try, so an early one may take more than its share.
            let share = passesLeft / max(2, (longest - shortest + 1) / 2)
            let count = affordable(share)
            guard count > 0 else { return }
            let extensions = extend(&self, growing, count)
            var parents: [[Int32]: FlipTally] = [:]
            for one in extensions where parents[one.ids] == nil { parents[one.ids] = one.parent.tally }
            let better = measure(extensions.map(\.ids), passes: min(share, passesLeft)).filter { child in
                parents[child.ids].map { child.tally.isStronger(than: $0) } ?? false
            }
            guard !better.isEmpty else { return }
            beam = better
        }
    }

    /// Books passes.
    mutating func spend(_ passes: Int) { passesLeft -= passes }

    /// Measures phrases not seen before, the weak ones on few carriers only, and returns the strongest.
    private mutating func measure(_ phrases: [[Int32]], passes: Int) -> [Scored] {
        let most = affordable(passes)
        var fresh: [[Int32]] = []
        for phrase in phrases where fresh.count < most && seen.insert(phrase).inserted { fresh.append(phrase) }
        var tallies = [FlipTally](repeating: FlipTally(), count: fresh.count)
        for (index, stage) in stages.enumerated() where !stage.isEmpty {
            runner.add(Array(carriers[stage]), to: &tallies, of: fresh, target: target)
            spend(fresh.count * stage.count)
            guard index < stages.count - 1 else { break }
            let kept = index == 0 ? max(width, (fresh.count + 3) / 4) : width
            let order = fresh.indices.sorted {
                tallies[$0].isStronger(than: tallies[$1])
                    || (!tallies[$1].isStronger(than: tallies[$0]) && $0 < $1)
            }.prefix(kept)
            (fresh, tallies) = (order.map { fresh[$0] }, order.map { tallies[$0] })
        }
        let scored = zip(fresh, tallies).map { Scored(ids: $0, tally: $1) }.sorted { $0.isBefore($1) }
        found += scored
        return scored
    }
}
