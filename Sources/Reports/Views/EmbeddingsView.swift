import Findings

/// E-PUR: the ranked rows and how to read them.
struct EmbeddingsView: SectionView {
    var summary: String
    var frequencySource: String
    var hasRows: Bool
    var rows: [Row]
    var more: [String]
    var noneMoved: Bool

    struct Row: Decodable {
        var token: CodeSpan
        var rank: String
        var id: String
        var score: String
        var norm: String
        var frequency: String
        var robustZ: String
        var ratio: String
        var reset: String
    }

    static let shownRows = 25

    init(_ result: AuditResult, run: RunRecord?) {
        let embeddings =
            result.embeddings
            ?? EmbeddingComparison(
                scoredRows: 0, movedRows: 0, shrinkage: 0, resetCount: 0, threshold: 0, median: 0, percentile99: 0,
                rows: [])
        noneMoved = embeddings.movedRows == 0
        summary =
            "\(NumberText.grouped(embeddings.movedRows)) of \(NumberText.grouped(embeddings.scoredRows)) scored rows "
            + "moved. Median score \(NumberText.significant(embeddings.median)), 99th percentile "
            + "\(NumberText.significant(embeddings.percentile99)); the \(NumberText.grouped(embeddings.resetCount)) rows "
            + "with a score of at least \(NumberText.significant(embeddings.threshold)) are the ones that purification "
            + "resets. Uniform shrinkage c = \(NumberText.significant(embeddings.shrinkage)) was taken out first."
        frequencySource = result.settings.frequencySource
        rows = embeddings.rows.prefix(Self.shownRows).map { Self.row($0, resets: embeddings.resetCount) }
        hasRows = !rows.isEmpty
        let left = embeddings.rows.count - rows.count
        more = left > 0 ? ["\(NumberText.grouped(left)) more ranked rows are in the result JSON."] : []
    }

    private static func row(_ row: EmbeddingRow, resets: Int) -> Row {
        Row(
            token: CodeSpan(row.token, limit: 60), rank: String(row.rank), id: String(row.id),
            score: NumberText.significant(row.score), norm: NumberText.significant(row.rawNorm),
            frequency: NumberText.quantity(row.frequency),
            robustZ: row.robustZ.map { NumberText.fixed($0, 1) } ?? NumberText.none,
            ratio: row.ratioToPercentile99.map { NumberText.fixed($0, 2) } ?? NumberText.none,
            reset: row.rank <= resets ? "yes" : "no")
    }
}
