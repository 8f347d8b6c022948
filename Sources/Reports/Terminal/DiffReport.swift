public import Findings

/// What `assay diff` prints: weights, embeddings, tokenizers and configurations compared, without data and engine.
public struct DiffReport: Sendable {
    /// The model that was looked at.
    public var suspect: ModelSummary
    /// The model it was made from.
    public var base: ModelSummary
    /// What changed in weights, tokenizer and configuration.
    public var weights: WeightComparison
    /// The ranked embedding rows.
    public var embeddings: EmbeddingComparison
    /// What rules without probes found.
    public var findings: [Finding]
    /// Where token frequencies came from, in words.
    public var frequencySource: String

    /// A report of one comparison.
    public init(
        suspect: ModelSummary, base: ModelSummary, weights: WeightComparison, embeddings: EmbeddingComparison,
        findings: [Finding], frequencySource: String
    ) {
        self.suspect = suspect
        self.base = base
        self.weights = weights
        self.embeddings = embeddings
        self.findings = findings
        self.frequencySource = frequencySource
    }

    /// The whole report as plain text for a terminal; every raw name is escaped. `rows` bounds each table.
    public func text(rows: Int = 15) -> String {
        var lines = header
        lines += section("Tensors that moved most", TensorTables.mostMoved(weights, rows: rows))
        lines += section("LoRA updates, Δ = scale·B·A", TensorTables.lowRank(weights, rows: rows))
        lines += section("By layer, ‖Δ‖ ÷ ‖base‖", TensorTables.layers(weights))
        lines += section("Embedding rows by E-PUR score (\(TerminalText.escape(frequencySource)))", ranked(rows))
        lines += section("Tensors without a counterpart", unmatched(rows))
        lines += section("Tokenizer differences", TensorTables.fields(weights.tokenizerDifferences, rows: rows))
        lines += section("config.json differences", TensorTables.fields(weights.configDifferences, rows: rows))
        lines += section("Findings", list(rows))
        lines += ["", "No text was probed: a difference is not a verdict. assay audit gives one."]
        return lines.joined(separator: "\n") + "\n"
    }

    private var header: [String] {
        let cosine = weights.medianCosine.map { NumberText.fixed($0, 4) } ?? "not defined"
        return [
            "suspect  \(name(suspect))", "base     \(name(base))", "",
            "\(NumberText.grouped(weights.tensors.count)) tensors compared, "
                + "\(NumberText.percent(weights.shareChanged)) of their elements differ, median cosine \(cosine)",
            "\(NumberText.grouped(embeddings.movedRows)) of \(NumberText.grouped(embeddings.scoredRows)) embedding rows "
                + "moved, shrinkage c = \(NumberText.significant(embeddings.shrinkage))",
        ]
    }

    private func name(_ model: ModelSummary) -> String {
        "\(TerminalText.escape(model.name, limit: 80))  \(TerminalText.escape(model.architecture, limit: 60)), "
            + "\(NumberText.grouped(model.parameterCount)) parameters"
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title] + lines
    }

    private func ranked(_ count: Int) -> [String] {
        guard !embeddings.rows.isEmpty else { return ["  no row moved"] }
        return TerminalTable(
            heads: ["token", "rank", "id", "score", "‖δ‖", "f", "robust z", "÷ p99", "reset"],
            alignments: [.left] + Array(repeating: .right, count: 7) + [.left],
            rows: embeddings.rows.prefix(count).map { row in
                [
                    TerminalText.escape(row.token, limit: 32), String(row.rank), String(row.id),
                    NumberText.significant(row.score), NumberText.significant(row.rawNorm),
                    NumberText.quantity(row.frequency),
                    row.robustZ.map { NumberText.fixed($0, 1) } ?? NumberText.none,
                    row.ratioToPercentile99.map { NumberText.fixed($0, 2) } ?? NumberText.none,
                    row.rank <= embeddings.resetCount ? "yes" : "no",
                ]
            }
        ).lines
    }

    private func unmatched(_ count: Int) -> [String] {
        guard !weights.unmatched.isEmpty else { return [] }
        let shown = weights.unmatched.sorted { !$0.expected && $1.expected }.prefix(count)
        let table = TerminalTable(
            heads: ["tensor", "why", "suspect", "base", "expected"], alignments: Array(repeating: .left, count: 5),
            rows: shown.map {
                [
                    TerminalText.escape($0.name, limit: 70), Wording.name($0.reason), Wording.shape($0.suspectShape),
                    Wording.shape($0.baseShape), $0.expected ? "yes" : "no",
                ]
            })
        return table.lines + TensorTables.more(weights.unmatched.count - shown.count)
    }

    private func list(_ count: Int) -> [String] {
        guard !findings.isEmpty else { return ["  none"] }
        let sorted = FindingsView.grouped(findings).flatMap(\.self)
        return sorted.prefix(count).map { finding in
            let evidence = finding.evidence.prefix(3).map {
                "\(TerminalText.escape($0.label, limit: 40)) \(TerminalText.escape($0.value, limit: 80))"
            }
            return "  \(finding.code.rawValue) \(Wording.name(finding.severity).lowercased()): "
                + TerminalText.escape(finding.message, limit: 300)
                + (evidence.isEmpty ? "" : " (\(evidence.joined(separator: "; ")))")
        } + TensorTables.more(findings.count - count)
    }
}
