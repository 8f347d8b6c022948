import Checkpoints
import Datasets
import Evidence
import Findings
import Forensics
import Probes
import Tokenizers

/// What a reader should know beyond the gate, most severe first.
enum FindingsList {
    static func make(
        weights: WeightStage, pair: ModelPair, probes: ProbeSummary?, remedy: RemedySummary? = nil,
        data: [Finding] = [], rules: [GateRule]
    ) -> [Finding] {
        var findings = fromWeights(weights) + fromFiles(weights, pair)
        if let probes { findings += fromProbes(probes, rules) }
        if let signals = probes?.signals { findings += fromSignals(signals, labels: pair.suspect.config.labels) }
        findings += data
        if let remedy, !remedy.qualified {
            findings.append(
                Finding(
                    code: .remedyUnqualified, severity: .medium,
                    message: "No reserve ratio kept the clean accuracy within \(percent(remedy.tolerance)); "
                        + "the purified model is the suspect fine-tuned at ρ = 1.", evidence: []))
        }
        return findings.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
    }

    /// The findings that need no data.
    static func withoutData(_ weights: WeightStage, _ pair: ModelPair) -> [Finding] {
        make(weights: weights, pair: pair, probes: nil, rules: [])
    }

    private static func fromWeights(_ stage: WeightStage) -> [Finding] {
        var findings: [Finding] = []
        let embeddings = stage.embeddings
        if !stage.weights.nonFinite.isEmpty {
            findings.append(
                Finding(
                    code: .nonFinite, severity: .high,
                    message: "\(stage.weights.nonFinite.count) tensors hold NaN or infinity.",
                    evidence: stage.weights.nonFinite.prefix(5).map { Evidence(label: "tensor", value: $0) }))
        }
        if embeddings.movedRows > 0, embeddings.movedRows < 100 {
            findings.append(
                Finding(
                    code: .fewRowsChanged, severity: .high,
                    message: "Only \(embeddings.movedRows) of \(embeddings.scoredRows) embedding rows moved: "
                        + "a fine-tune moves thousands, embedding poisoning one.",
                    evidence: embeddings.rows.prefix(min(5, embeddings.movedRows)).map {
                        Evidence(label: "token", value: $0.token)
                    }))
        }
        let outliers = embeddings.rows.filter { ($0.robustZ ?? 0) > 20 || ($0.ratioToPercentile99 ?? 0) > 3 }
        if !outliers.isEmpty {
            findings.append(
                Finding(
                    code: .embeddingOutlier, severity: .low,
                    message: "\(outliers.count) embedding rows stand far out of the others: candidates, not a verdict.",
                    evidence: outliers.prefix(5).map { Evidence(label: "token", value: $0.token) }))
        }
        let tensors = stage.weights.tensors.filter { ($0.robustZ ?? 0) > 20 }
        if !tensors.isEmpty {
            findings.append(
                Finding(
                    code: .deltaOutlier, severity: .info,
                    message: "\(tensors.count) tensors moved far more than others of their kind.",
                    evidence: tensors.prefix(5).map { Evidence(label: "tensor", value: $0.name) }))
        }
        let unmatched = stage.weights.unmatched
        if !unmatched.isEmpty {
            let unexplained = unmatched.filter { !$0.expected }
            findings.append(
                Finding(
                    code: .unmatchedTensor, severity: unexplained.isEmpty ? .info : .high,
                    message: "\(unmatched.count) tensors were not compared with the base, "
                        + "\(unexplained.count) of them unexplained.",
                    evidence: (unexplained.isEmpty ? unmatched : unexplained).prefix(8).map {
                        Evidence(label: "tensor", value: $0.name)
                    }))
        }
        return findings
    }

    private static func fromFiles(_ stage: WeightStage, _ pair: ModelPair) -> [Finding] {
        var findings: [Finding] = []
        for (code, differences, what) in [
            (RuleCode.tokenizerDifference, stage.weights.tokenizerDifferences, "tokenizer"),
            (.configDifference, stage.weights.configDifferences, "configuration"),
        ] {
            let material = differences.filter(\.material)
            guard !material.isEmpty else { continue }
            findings.append(
                Finding(
                    code: code, severity: code == .tokenizerDifference ? .high : .medium,
                    message:
                        "The \(what) differs from the base's in \(material.count) places that can change predictions.",
                    evidence: material.prefix(5).map { Evidence(label: "field", value: $0.field) }))
        }
        if !stage.newSpecialIDs.isEmpty {
            findings.append(
                Finding(
                    code: .specialTokenChanged, severity: .high,
                    message: "\(stage.newSpecialIDs.count) tokens are special in the suspect and not in the base, "
                        + "where a trigger could hide.",
                    evidence: stage.newSpecialIDs.prefix(5).map {
                        Evidence(label: "token", value: pair.suspectTokenizer.token($0) ?? "id \($0)")
                    }))
        }
        findings += resizedVocabulary(stage, pair)
        findings += weightFileNotes(pair)
        findings += loading(stage.concerns)
        if !pair.suspect.customCode.isEmpty {
            findings.append(
                Finding(
                    code: .customCode, severity: .medium,
                    message:
                        "The suspect comes with \(pair.suspect.customCode.count) pieces of code, which were not run.",
                    evidence: pair.suspect.customCode.prefix(200).map { Evidence(label: "file", value: $0) }))
        }
        return findings
    }

    private static func resizedVocabulary(_ stage: WeightStage, _ pair: ModelPair) -> [Finding] {
        guard stage.addedRows + stage.droppedRows > 0, let words = pair.matching.wordEmbeddings else { return [] }
        let first = words.suspect.shape[0] - stage.addedRows
        return [
            Finding(
                code: .vocabularyResized, severity: stage.addedRows > 0 ? .medium : .low,
                message: "The word embeddings have \(stage.addedRows) rows that the base lacks and lack "
                    + "\(stage.droppedRows) of the base's; the shared rows were compared.",
                evidence: (first..<words.suspect.shape[0]).prefix(20).map {
                    Evidence(label: "new row \($0)", value: pair.suspectTokenizer.token($0) ?? "no token")
                })
        ]
    }

    /// What a reader should know of the clean texts.
    static func fromData(_ measured: ProbeSession.Measured) -> [Finding] {
        let data = measured.session.data
        let probed = measured.table.candidates.map(\.probe)
        var findings: [Finding] = []
        let present = zip(probed.map(\.text), data.occurrences(of: probed)).filter { $0.1 > 0 }.sorted {
            ($1.1, $0.0) < ($0.1, $1.0)
        }
        if !present.isEmpty {
            findings.append(
                Finding(
                    code: .triggerInData, severity: .info,
                    message: "\(present.count) candidate triggers occur in the clean file; "
                        + "\(data.summary(probing: probed).setAside) texts are not counted for the triggers they contain.",
                    evidence: present.prefix(8).map {
                        Evidence(label: "trigger", value: "\($0.0) (\($0.1))")
                    }))
        }
        if data.summary.duplicatesRemoved > 0 {
            findings.append(
                Finding(
                    code: .duplicateTexts, severity: data.contradictions > 0 ? .low : .info,
                    message: "\(data.summary.duplicatesRemoved) duplicate rows were removed, "
                        + "\(data.contradictions) of them with another label.", evidence: []))
        }
        let balance = LabelBalance(data.rows, labelCount: data.summary.perLabel.count)
        if balance.isImbalanced() {
            findings.append(
                Finding(
                    code: .labelImbalance, severity: .low,
                    message:
                        "The labels are imbalanced: the most frequent has \(percent(balance.majorityShare)) of the rows.",
                    evidence: []))
        }
        return findings
    }
}
