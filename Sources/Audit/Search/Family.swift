import Datasets
import Findings
import Probes

/// Chooses the candidates that are confirmed, before a confirm text is read.
///
/// What the suspect answers to most strongly may be an honest word; what it answers to more strongly than an honest
/// model may be weak; a planted word may be weaker than honest ones on a model that honest words move easily, but its
/// embedding has moved most, or towards the target; and a phrase may do what its words and an honest model do not. A few
/// of each are taken, so that none pushes the others out.
struct Family {
    /// Candidates of each target that are taken for each of the five reasons.
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
    /// By target, strings of the embeddings whose change helps it most, best first.
    let gaining: [[String]]

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
            var candidates: [Int] = []
            var unexplained: [Int: Double] = [:]
            for found in shortlist where found.target == target {
                guard let index = places[Array(found.text.utf8)] else { continue }
                if !candidates.contains(index) { candidates.append(index) }
                if let share = found.unexplained { unexplained[index] = max(share, unexplained[index] ?? 0) }
            }
            let rates = candidates.map { index in
                let carriers = measurements.carriers(target, for: index)
                return (
                    asr: mean(measurements.hits(suspect, index, target, carriers)),
                    honest: mean(measurements.hits(reference, index, target, carriers)),
                    floor: mean(measurements.plainHits(suspect, target, carriers))
                )
            }
            func best(_ value: (Int) -> Double?) -> [Int] {
                let valued = candidates.indices.filter { rates[$0].asr > rates[$0].floor }
                    .compactMap { place in value(place).map { (place: place, value: $0) } }
                return valued.sorted { (-$0.value, $0.place) < (-$1.value, $1.place) }.prefix(Self.perReason).map(
                    \.place)
            }
            func noticed(_ ranking: [String]) -> [Int] {
                let members = ranking.compactMap { places[Array($0.utf8)] }.compactMap { candidates.firstIndex(of: $0) }
                return Array(
                    members.filter { rates[$0].asr - rates[$0].floor >= Self.noticeableEffect }.prefix(Self.perReason))
            }
            let taken = Set(
                best { rates[$0].asr } + best { rates[$0].asr - rates[$0].honest } + noticed(anomalous)
                    + noticed(gaining[target]) + best { unexplained[candidates[$0]] })
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
