import Files
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
        let words = byPlace(family) { candidate in
            candidate.source == .phrase
                ? candidate.trigger.text.split(separator: " ").map { Trigger(String($0), tokenizer: tokenizer) }
                    .filter { !isOutlier($0) } : []
        }
        return try probeParts(words, "probe words of phrases", key: key) { try suspect.load() }
    }

    /// Labels that the reference model predicts with a part of a discovered phrase in, by place in the family.
    func probeHonestParts(_ family: [Candidate], key: String) throws -> [Int: [[Int]]] {
        try probeParts(byPlace(family, \.honestParts), "probe parts on reference", key: key) {
            try referenceModel("probe parts on reference")
        }
    }

    private func byPlace(_ family: [Candidate], _ parts: (Candidate) -> [Trigger]) -> [Int: [Trigger]] {
        Dictionary(uniqueKeysWithValues: family.enumerated().map { ($0, parts($1)) })
    }

    /// Labels predicted with each of some triggers in, by place in the family; no entry where there are none.
    func probeParts(
        _ parts: [Int: [Trigger]], _ stage: String, key: String, model: () throws -> SequenceClassifier
    ) throws -> [Int: [[Int]]] {
        var seen = Set<Trigger>()
        let distinct = parts.sorted { $0.key < $1.key }.flatMap(\.value).filter { seen.insert($0).inserted }
        guard !distinct.isEmpty else { return [:] }
        let key = StageStore.key([key, "\(distinct.map(\.text))"])
        let rows = Dictionary(
            uniqueKeysWithValues: zip(distinct, try probe(stage, key: key, distinct, model: model).triggered))
        return parts.filter { !$0.value.isEmpty }.mapValues { $0.compactMap { rows[$0] } }
    }
}
