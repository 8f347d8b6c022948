import Datasets
import Findings
import Probes

/// Chooses the candidates that are confirmed, before a confirm text is read.
///
/// What the suspect answers to most strongly may be an honest word; what it answers to more strongly than an honest
/// model may be weak; and a planted word may be weaker than honest ones on a model that honest words move easily, but
/// its embedding has moved most. A few of each are taken, so that none pushes the others out.
struct Family {
    /// Candidates of each target that are taken for each of the three reasons.
    static let perReason = 3
    /// ASR − floor on the discover texts from which on a moved embedding is a reason.
    static let noticeableEffect = 0.25

    let texts: [LabelledText]
    let labels: Int
    let shortlist: [TriggerSearch.Found]
    /// Each distinct string of the shortlist, in the order of the predictions.
    let triggers: [Trigger]
    /// Strings of the embeddings that moved most, most anomalous first.
    let anomalous: [String]

    /// - Returns: for each trigger taken its targets, and all others with the reason why not.
    func choose(
        suspect: ProbePredictions, reference: ProbePredictions
    ) -> (chosen: [Int: [Int]], rejected: [ScreenedCandidate]) {
        let measurements = Measurements(
            texts: texts, labels: labels,
            family: triggers.map { Candidate(trigger: $0, source: .vocabulary, targets: nil) }, controls: 0,
            containing: CleanData.containing(triggers, in: texts))
        let places = Dictionary(
            triggers.enumerated().map { (Array($1.text.utf8), $0) }, uniquingKeysWith: { first, _ in first })
        var chosen: [Int: [Int]] = [:]
        var rejected: [ScreenedCandidate] = []
        for target in 0..<labels {
            let candidates = shortlist.filter { $0.target == target }.compactMap { places[Array($0.text.utf8)] }
            let rates = candidates.map { index in
                let carriers = measurements.carriers(target, for: index)
                return (
                    asr: mean(measurements.hits(suspect, index, target, carriers)),
                    honest: mean(measurements.hits(reference, index, target, carriers)),
                    floor: mean(measurements.plainHits(suspect, target, carriers))
                )
            }
            func best(_ value: (Int) -> Double) -> [Int] {
                Array(
                    candidates.indices.filter { rates[$0].asr > rates[$0].floor }
                        .sorted { (-value($0), $0) < (-value($1), $1) }.prefix(Self.perReason))
            }
            let moved = anomalous.compactMap { places[Array($0.utf8)] }.compactMap { candidates.firstIndex(of: $0) }
                .filter { rates[$0].asr - rates[$0].floor >= Self.noticeableEffect }
            let taken = Set(
                best { rates[$0].asr } + best { rates[$0].asr - rates[$0].honest } + moved.prefix(Self.perReason))
            for (place, index) in candidates.enumerated() {
                if taken.contains(place) {
                    chosen[index, default: []].append(target)
                } else {
                    let rate = rates[place]
                    rejected.append(
                        ScreenedCandidate(
                            trigger: triggers[index].text, target: target, asr: rate.asr, floor: rate.floor,
                            referenceASR: rate.honest,
                            reason: rate.asr > rate.floor
                                ? "weaker than the confirmed ones" : "flips no more texts than are flipped without it"))
                }
            }
        }
        return (chosen, rejected)
    }
}
