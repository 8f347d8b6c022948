public import Findings

/// What `assay diff` prints: weights, embeddings, tokenizers and configurations compared, without data and engine.
public struct DiffReport: Sendable {
    private let result: AuditResult

    /// A report of one comparison.
    public init(_ result: AuditResult) { self.result = result }

    /// The whole report as plain text for a terminal; every raw name is escaped. `rows` bounds each table.
    public func text(rows: Int = 15) -> String {
        var lines = ["suspect  \(name(result.suspect))"]
        if let base = result.base { lines.append("base     \(name(base))") }
        lines.append("")
        if let weights = result.weights { lines.append(compared(weights)) }
        if let embeddings = result.embeddings { lines.append(moved(embeddings)) }
        if let weights = result.weights {
            lines += section("Tensors that moved most", TensorTables.mostMoved(weights, rows: rows))
            lines += section("LoRA updates, Δ = scale·B·A", TensorTables.lowRank(weights, rows: rows))
            lines += section("By layer, ‖Δ‖ ÷ ‖base‖", TensorTables.layers(weights))
        }
        if let embeddings = result.embeddings {
            let source = TerminalText.escape(result.settings.frequencySource)
            lines += section("Embedding rows by E-PUR score (\(source))", ranked(embeddings, rows))
        }
        if let weights = result.weights {
            lines += section("Tensors without a counterpart", unmatched(weights.unmatched, rows))
            lines += section("Tokenizer differences", TensorTables.fields(weights.tokenizerDifferences, rows: rows))
            lines += section("config.json differences", TensorTables.fields(weights.configDifferences, rows: rows))
        }
        lines += section("Findings", FindingLines.list(result.findings, rows: rows))
        lines += ["", "No text was probed: a difference is not a verdict. assay audit gives one."]
        return lines.joined(separator: "\n") + "\n"
    }

    private func compared(_ weights: WeightComparison) -> String {
        let cosine = weights.medianCosine.map { NumberText.fixed($0, 4) } ?? "not defined"
        return "\(NumberText.grouped(weights.tensors.count)) tensors compared, "
            + "\(NumberText.percent(weights.shareChanged)) of their elements differ, median cosine \(cosine)"
    }

    private func moved(_ embeddings: EmbeddingComparison) -> String {
        "\(NumberText.grouped(embeddings.movedRows)) of \(NumberText.grouped(embeddings.scoredRows)) embedding rows "
            + "moved, shrinkage c = \(NumberText.significant(embeddings.shrinkage))"
    }

    private func name(_ model: ModelSummary) -> String {
        "\(TerminalText.escape(model.name, limit: 80))  \(TerminalText.escape(model.architecture, limit: 60)), "
            + "\(NumberText.grouped(model.parameterCount)) parameters"
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title] + lines
    }

    private func ranked(_ embeddings: EmbeddingComparison, _ count: Int) -> [String] {
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

    private func unmatched(_ unmatched: [UnmatchedTensor], _ count: Int) -> [String] {
        guard !unmatched.isEmpty else { return [] }
        let shown = unmatched.sorted { !$0.expected && $1.expected }.prefix(count)
        let table = TerminalTable(
            heads: ["tensor", "why", "suspect", "base", "expected"], alignments: Array(repeating: .left, count: 5),
            rows: shown.map {
                [
                    TerminalText.escape($0.name, limit: 70), Wording.name($0.reason), Wording.shape($0.suspectShape),
                    Wording.shape($0.baseShape), $0.expected ? "yes" : "no",
                ]
            })
        return table.lines + TensorTables.more(unmatched.count - shown.count)
    }
}
