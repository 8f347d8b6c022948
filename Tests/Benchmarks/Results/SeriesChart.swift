import Markup

@testable import Reports

/// A series as an SVG file of its own, which follows the reader's light or dark colours.
struct SeriesChart {
    let series: Series

    private static let (left, right, top, bottom) = (64.0, 520.0, 20.0, 236.0)
    private static let style = """
        svg{color:#1c1917;background:#fff}.tick{fill:#57534e}.grid{stroke:#e2e0dd}\
        @media (prefers-color-scheme:dark){svg{color:#ece9e6;background:#161514}.tick{fill:#b5afa8}\
        .grid{stroke:#3a3633}.l0{stroke:#fb7a3c}.f0{fill:#fb7a3c}.l1{stroke:#d9a520}.f1{fill:#d9a520}\
        .l2{stroke:#2dd4bf}.f2{fill:#2dd4bf}.l3{stroke:#94a3b8}.f3{fill:#94a3b8}}
        """

    /// The file's text.
    var svg: String {
        let height = 282 + 18 * Double(series.lines.count)
        let chart = Chart(
            id: series.id, title: series.title, description: description, caption: "", width: 560, height: height,
            marks: axes + series.lines.indices.flatMap(line))
        guard var svg = chart.figure.elements.first(where: { $0.name == "svg" }) else { return "" }
        svg.children.insert(.element(Element("style", text: Self.style)), at: 0)
        return svg.html
    }

    private var description: String {
        series.lines.map { line in
            line.name + ": "
                + line.points.map { "\(NumberText.short($0.x)) gives \(NumberText.quantity($0.y.median))" }
                .joined(separator: ", ")
        }.joined(separator: "; ") + "."
    }

    private var xs: [Double] { Array(Set(series.lines.flatMap(\.points).map(\.x))).sorted() }

    private func x(_ value: Double) -> Double {
        let domain = Scale.bounds(xs.first ?? 0, xs.last ?? 1)
        let range = Self.left + 16...Self.right - 16
        return series.xScale == .logarithmic
            ? LogScale(domain: domain, range: range)(value) : Scale(domain: domain, range: range)(value)
    }

    private var highest: Double { (series.lines.flatMap(\.points).map(\.y.maximum).max() ?? 1) * 1.05 }

    private var linearY: Scale {
        Scale(domain: Scale.bounds(0, highest), range: Self.top...Self.bottom, isFlipped: true)
    }

    private var logarithmicY: LogScale {
        let lowest = (series.lines.flatMap(\.points).map(\.y.minimum).min() ?? 1) / 1.05
        return LogScale(domain: Scale.bounds(lowest, highest), range: Self.top...Self.bottom)
    }

    private func y(_ value: Double) -> Double {
        series.yScale == .logarithmic ? Self.top + Self.bottom - logarithmicY(value) : linearY(value)
    }

    private var axes: [Element] {
        var marks: [Element] = []
        for tick in series.yScale == .logarithmic ? logarithmicY.ticks : linearY.ticks(5) {
            marks.append(Chart.line(Self.left, y(tick), Self.right, y(tick), "grid", stroke: "#e2e0dd"))
            marks.append(
                Chart.text(Self.left - 6, y(tick) + 4, NumberText.quantity(tick), "tick", anchor: "end", size: 11))
        }
        for value in xs {
            marks.append(
                Chart.text(
                    x(value), Self.bottom + 17, NumberText.quantity(value), "tick", anchor: "middle", size: 11))
        }
        let middle = (Self.left + Self.right) / 2
        marks.append(Chart.text(middle, Self.bottom + 36, series.xLabel, "tick", anchor: "middle", size: 11))
        marks.append(Chart.text(8, Self.top - 8, series.yLabel, "tick", size: 11))
        return marks
    }

    /// One line with its points, the extremes of each, and its name below the chart.
    private func line(_ index: Int) -> [Element] {
        let line = series.lines[index]
        let colour = ModelColour.fill(index)
        let points = line.points.map { "\(Chart.number(x($0.x))) \(Chart.number(y($0.y.median)))" }
        var marks = [Chart.path("M" + points.joined(separator: "L"), "l\(index)", stroke: colour)]
        for point in line.points {
            let place = x(point.x)
            marks.append(
                Chart.line(place, y(point.y.minimum), place, y(point.y.maximum), "l\(index)", stroke: colour))
            marks.append(
                Chart.circle(
                    place, y(point.y.median), 3.5, "f\(index)", fill: colour,
                    title: "\(line.name): \(NumberText.quantity(point.y.median)) \(series.yLabel)"))
        }
        let row = Self.bottom + 58 + 18 * Double(index)
        marks.append(Chart.circle(Self.left + 6, row - 4, 4, "f\(index)", fill: colour))
        marks.append(Chart.text(Self.left + 18, row, line.name))
        return marks
    }
}
