internal import Findings
internal import Markup

/// The ranked embedding rows on one strip, with the threshold of what is reset.
enum EmbeddingChart {
    private static let labelled = 4

    static func chart(_ embeddings: EmbeddingComparison) -> Chart? {
        let scores = embeddings.rows.map(\.score).filter { $0.isFinite && $0 > 0 }
        guard let highest = scores.max(), let lowest = scores.min() else { return nil }
        let x = LogScale(domain: Scale.bounds(lowest / 1.1, highest * 1.1), range: 10...350)
        let base = 132.0
        var marks: [Element] = [Chart.line(10, base, 350, base, "axis", stroke: "#71717a")]
        for tick in x.ticks {
            marks.append(Chart.line(x(tick), base, x(tick), base + 4, "axis", stroke: "#71717a"))
            marks.append(
                Chart.text(x(tick), base + 17, NumberText.short(tick), "tick", anchor: "middle", size: 11))
        }
        marks.append(Chart.text(180, base + 35, "E-PUR score, logarithmic", "tick", anchor: "middle", size: 11))
        marks.append(Chart.limit(x(embeddings.threshold), 62, x(embeddings.threshold), base))
        for row in embeddings.rows.reversed() { marks.append(dot(row, embeddings, x: x)) }
        marks += labels(embeddings.rows, x: x)
        let names = embeddings.rows.prefix(labelled).map {
            "“\(VisibleText.clipped($0.token, to: 40))” \(NumberText.significant($0.score))"
        }
        return Chart(
            id: "chart-epur", title: "E-PUR scores of the ranked rows",
            description: "Highest scores: \(names.joined(separator: ", ")). Threshold "
                + "\(NumberText.significant(embeddings.threshold)).",
            caption: "One dot for each ranked row, spread vertically to part them; dashed: the threshold, "
                + "\(NumberText.significant(embeddings.threshold)), from which purification resets a row.",
            width: 360, height: base + 42, marks: marks)
    }

    private static func dot(_ row: EmbeddingRow, _ embeddings: EmbeddingComparison, x: LogScale) -> Element {
        let spread = Double((row.rank &* 37) % 53)
        let isReset = row.rank <= embeddings.resetCount
        return Chart.circle(
            x(row.score), 122 - spread, row.rank <= labelled ? 4.5 : 3, isReset ? "dot-reset" : "dot",
            fill: isReset ? ModelColour.fill(0) : ModelColour.fill(3),
            title: row.rank > EmbeddingsView.shownRows
                ? nil : "\(VisibleText.clipped(row.token, to: 40)): \(NumberText.significant(row.score))")
    }

    /// Names of the first rows, each on a line of its own above the strip and to the left of its leader, where no
    /// leader of a lower rank reaches.
    private static func labels(_ rows: [EmbeddingRow], x: LogScale) -> [Element] {
        rows.prefix(labelled).enumerated().flatMap { index, row -> [Element] in
            let y = 13 + Double(index) * 14
            let at = x(row.score)
            let spread = Double((row.rank &* 37) % 53)
            let name = ChartText.fitted(VisibleText.clipped(row.token, to: 40), to: 150, size: 12)
            let isRight = at > 40 + 7 * Double(name.count)
            return [
                Chart.line(at, y + 1, at, 122 - spread, "leader", stroke: "#a1a1aa"),
                Chart.text(
                    isRight ? at - 5 : at + 5, y + 4, "\(row.rank)  \(name)", "label", anchor: isRight ? "end" : "start"
                ),
            ]
        }
    }
}
