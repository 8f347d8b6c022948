import Datasets
import Evidence
import Findings
import Probes

/// Chooses the candidates that are judged, before a judging text is read, from what the suspect and an honest model answer
/// to the discover texts.
///
/// Those that the suspect answers to most beyond the honest model are taken, tokens, placed tokens, phrases and changes of
/// whole texts each by themselves, so that no kind pushes the others out. The strongest of all are taken as well, so that a
/// search's honest model that happens to know a word cannot hide it from the others.
struct Screening {
    /// Candidates of each target and kind that are taken.
    static let perKind = 3
    /// Candidates of each target that are taken for their strength alone.
    static let strongest = 1
    /// Share of the discover texts flipped beyond the honest model from which on a change of whole texts is taken: there are
    /// many of them, and most do nothing.
    static let noticeable = 0.2

    /// What two models answer to some probes on some texts.
    struct Answers {
        /// Distinct, in the order of the predictions.
        let probes: [Probe]
        let texts: [LabelledText]
        let suspect: ProbePredictions
        let honest: ProbePredictions
    }

    let labels: Int
    let shortlist: [TriggerSearch.Found]
    /// Of disjoint sets of probes.
    let answers: [Answers]

    /// Share of every label's right answers that the honest model must keep under a change of whole texts: under one that
    /// leaves nothing to read, any model answers one label or another, and which is chance.
    static let readable = 0.6

    private enum Kind: Hashable, CaseIterable { case token, placed, phrase, transformation }

    private struct Rates {
        let probe: Probe
        /// In the order of all answers, for equals.
        let place: Int
        let asr: Double
        let floor: Double
        let honest: Double
        let honestFloor: Double
        /// The smallest share of a label's right answers that the honest model keeps under the probe.
        let kept: Double

        /// As in `HonestComparison`.
        var beyond: Double { asr - max(honest, floor + honest - honestFloor) }
    }

    /// - Returns: the candidates with their targets, and all others with the reason why not.
    func choose() -> (chosen: [Candidate], rejected: [ScreenedCandidate]) {
        let sources = Dictionary(
            shortlist.map { (Probe.insertion($0.trigger), $0.source) }, uniquingKeysWith: { first, _ in first })
        let found = Dictionary(grouping: shortlist, by: \.target).mapValues {
            Set($0.map { Probe.insertion($0.trigger) })
        }
        var targets: [Probe: [Int]] = [:]
        var rejected: [ScreenedCandidate] = []
        for target in 0..<labels {
            let rates = rates(target).filter { rate in
                rate.probe.trigger == nil || (found[target]?.contains(rate.probe) ?? false)
            }
            let taken = self.taken(rates)
            for rate in rates {
                if taken.contains(rate.place) {
                    targets[rate.probe, default: []].append(target)
                } else if rate.probe.trigger != nil {
                    rejected.append(
                        ScreenedCandidate(
                            trigger: rate.probe.text, target: target, asr: rate.asr, floor: rate.floor,
                            referenceASR: rate.honest,
                            reason: rate.asr > rate.floor
                                ? "weaker than the judged ones" : "flips no more texts than are flipped without it"))
                }
            }
        }
        let chosen = answers.flatMap(\.probes).compactMap { probe in
            targets[probe].map { Candidate(probe, source: sources[probe] ?? .transformation, targets: $0) }
        }
        return (chosen, rejected)
    }

    private func taken(_ rates: [Rates]) -> Set<Int> {
        func best(_ some: [Rates], _ count: Int, by value: (Rates) -> Double) -> [Int] {
            some.filter { $0.asr > $0.floor }.sorted { (-value($0), $0.place) < (-value($1), $1.place) }.prefix(count)
                .map(\.place)
        }
        var taken = Set(best(rates.filter { $0.probe.trigger != nil }, Self.strongest, by: \.asr))
        for kind in Kind.allCases {
            let own = rates.filter {
                self.kind($0.probe) == kind
                    && (kind != .transformation || ($0.beyond >= Self.noticeable && $0.kept >= Self.readable))
            }
            taken.formUnion(best(own, Self.perKind, by: \.beyond))
        }
        return taken
    }

    private func kind(_ probe: Probe) -> Kind {
        guard let trigger = probe.trigger else { return .transformation }
        if trigger.placement != .anywhere { return .placed }
        return trigger.ids.count > 1 ? .phrase : .token
    }

    private func rates(_ target: Int) -> [Rates] {
        var all: [Rates] = []
        for part in answers {
            let holding = CleanData.containing(part.probes, in: part.texts)
            for (place, probe) in part.probes.enumerated() {
                let carriers = part.texts.indices.filter {
                    part.texts[$0].label != target && !holding[place].contains($0)
                }
                func share(_ predictions: [Int]) -> Double {
                    mean(carriers.map { predictions[$0] == target ? 1 : 0 })
                }
                all.append(
                    Rates(
                        probe: probe, place: all.count, asr: share(part.suspect.triggered[place]),
                        floor: share(part.suspect.plain), honest: share(part.honest.triggered[place]),
                        honestFloor: share(part.honest.plain), kept: kept(part, place)))
            }
        }
        return all
    }

    private func kept(_ part: Answers, _ place: Int) -> Double {
        (0..<labels).map { label in
            let own = part.texts.indices.filter { part.texts[$0].label == label && part.honest.plain[$0] == label }
            return own.isEmpty ? 1 : mean(own.map { part.honest.triggered[place][$0] == label ? 1 : 0 })
        }.min() ?? 1
    }
}
