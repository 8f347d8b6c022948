import Findings
import Probes
import Transformers

/// What of a discovered trigger does its work, on the suspect and the confirm texts.
extension ProbeSession {
    /// Labels predicted with a moved token in and the base's row of the embeddings for it, by place in the family.
    func probeResetRows(_ family: [Candidate], key: String) throws -> [Int: [Int]] {
        let moved = family.indices.filter { family[$0].ratioToPercentile99 != nil }
        guard !moved.isEmpty else { return [:] }
        let triggers = moved.map { family[$0].trigger }
        let predictions = try probe("probe reset rows", key: key, triggers) {
            let rows = Set(triggers.flatMap(\.ids)).map(Int.init).sorted()
            return try PairedWeights(suspect: suspect, base: base, resetRows: rows).treat { _, _, _ in }
        }
        return Dictionary(uniqueKeysWithValues: zip(moved, predictions.triggered))
    }

    /// Labels predicted with each single word of a discovered phrase in, by place in the family. A word whose row is an
    /// outlier is left out: it explains nothing, being suspicious itself.
    func probeWords(_ family: [Candidate], key: String) throws -> [Int: [[Int]]] {
        let words = family.map { candidate in
            candidate.source == .phrase
                ? candidate.trigger.text.split(separator: " ").map { Trigger(String($0), tokenizer: tokenizer) }
                    .filter { !isOutlier($0) } : []
        }
        var seen = Set<Trigger>()
        let distinct = words.joined().filter { seen.insert($0).inserted }
        guard !distinct.isEmpty else { return [:] }
        let predictions = try probe("probe words of phrases", key: key, distinct) { try suspect.load() }
        let rows = Dictionary(uniqueKeysWithValues: zip(distinct, predictions.triggered))
        return Dictionary(
            uniqueKeysWithValues: words.enumerated().filter { !$1.isEmpty }
                .map { index, words in (index, words.compactMap { rows[$0] }) })
    }
}
