internal import Findings
internal import Markup

/// Clean dev accuracy over the reserve ratio ρ, with the tolerance and the choice.
enum RhoChart {
    static func chart(_ remedy: RemedySummary) -> Chart? {
        let cells = remedy.curve.compactMap { cell in cell.outcome.map { (cell, $0) } }.sorted { $0.0.rho < $1.0.rho }
        guard !cells.isEmpty else { return nil }
        let bounds = cells.flatMap { [$0.1.accuracy.interval.lower, $0.1.accuracy.interval.upper] }.filter(\.isFinite)
        let suspect = cells.map { $0.1.accuracy.value + $0.1.loss.value }.first ?? 1
        let limit = suspect - remedy.tolerance
        let low = max(0, ((bounds + [limit]).min() ?? 0) - 0.02)
        let high = min(1, ((bounds + [suspect]).max() ?? 1) + 0.02)
        let x = Scale(domain: 0...1, range: 56...332)
        let y = Scale(domain: Scale.bounds(low, high), range: 10...132, isFlipped: true)
        var marks: [Element] = []
        for tick in y.ticks(5) {
            marks.append(Chart.line(44, y(tick), 344, y(tick), "grid", stroke: "#d4d4d8"))
            marks.append(
                Chart.text(38, y(tick) + 4, NumberText.fixed(tick * 100, 0) + "%", "tick", anchor: "end", size: 11))
        }
        for tick in [0, 0.2, 0.4, 0.6, 0.8, 1] {
            marks.append(Chart.text(x(tick), 163, NumberText.fixed(tick, 1), "tick", anchor: "middle", size: 11))
        }
        marks.append(Chart.text(194, 180, "reserve ratio ρ", "tick", anchor: "middle", size: 11))
        marks.append(Chart.limit(44, y(limit), 344, y(limit)))
        let tolerance = "suspect − \(NumberText.fixed(remedy.tolerance * 100, 1)) points"
        marks.append(Chart.text(344, y(limit) - 5, tolerance, "tick", anchor: "end", size: 11))
        for cell in remedy.curve where cell.outcome == nil {
            var ring = Chart.circle(x(cell.rho), 146, 3, "empty", fill: "none")
            ring["stroke"] = ModelColour.fill(3)
            marks.append(ring)
        }
        let points = cells.map { "\(Chart.number(x($0.0.rho))) \(Chart.number(y($0.1.accuracy.value)))" }
        marks.append(Chart.path("M" + points.joined(separator: "L"), "curve", stroke: ModelColour.fill(2)))
        for (cell, outcome) in cells { marks += point(cell, outcome, x: x(cell.rho), y: y) }
        let words = cells.map { cell, outcome in
            "ρ \(NumberText.fixed(cell.rho, 2)): \(NumberText.rate(outcome.accuracy))\(cell.chosen ? ", chosen" : "")"
        }
        return Chart(
            id: "chart-rho", title: "Clean accuracy over the reserve ratio",
            description: words.joined(separator: "; ") + ".",
            caption: "On the dev texts, with 95% intervals; ringed: the ratio chosen; dashed: the tolerance; "
                + "hollow: ratios that were not needed.",
            width: 360, height: 187, marks: marks)
    }

    private static func point(_ cell: RhoCell, _ outcome: RhoCell.Outcome, x: Double, y: Scale) -> [Element] {
        let top = y(outcome.accuracy.interval.upper)
        let bottom = y(outcome.accuracy.interval.lower)
        var marks = [
            Chart.line(x, top, x, bottom, "whisker", width: 1.5),
            Chart.line(x - 3.5, top, x + 3.5, top, "whisker", width: 1.5),
            Chart.line(x - 3.5, bottom, x + 3.5, bottom, "whisker", width: 1.5),
            Chart.circle(x, y(outcome.accuracy.value), 4, "m-purified", fill: ModelColour.fill(2)),
        ]
        if cell.chosen {
            var ring = Chart.circle(x, y(outcome.accuracy.value), 8, "ring", fill: "none")
            ring["stroke"] = "currentColor"
            ring["stroke-width"] = "1.5"
            marks.append(ring)
        }
        return marks
    }
}
