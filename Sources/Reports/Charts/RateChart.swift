internal import Findings
internal import Markup

/// Shares as horizontal bars with error bars: attack success by trigger, accuracy by model.
enum RateChart {
    private static let width = 360.0
    private static let bars = Scale(domain: 0...1, range: 74...308)

    private struct Bar {
        var model: ModelRole
        var rate: Rate
        var floor: Rate?
    }

    /// Attack success before and after, for the strongest triggers.
    static func attack(_ probes: ProbeSummary, _ result: AuditResult) -> Chart? {
        let groups = probes.triggers.prefix(4).map { trigger -> (String, [Bar]) in
            let target = VisibleText.clipped(Wording.label(trigger.target, of: result), to: 40)
            let name =
                "“\(ChartText.fitted(VisibleText.clipped(trigger.trigger, to: 40), to: 170, size: 13))” → "
                + ChartText.fitted(target, to: 130, size: 13)
            return (
                name,
                [ModelRole.suspect, .mixed, .purified].compactMap { role in
                    trigger.on(role).map { Bar(model: role, rate: $0.asr, floor: $0.floor) }
                }
            )
        }
        guard groups.contains(where: { !$0.1.isEmpty }) else { return nil }
        return chart(
            id: "chart-attack", title: "Attack success, before and after",
            caption: "ASR with 95% intervals; the diamond is the floor: the same texts without the trigger.",
            groups: Array(groups))
    }

    /// Clean accuracy of every model.
    static func accuracy(_ probes: ProbeSummary) -> Chart? {
        let bars = ModelRole.allCases.compactMap { role in
            probes.accuracy(of: role).map { Bar(model: role, rate: $0.overall, floor: nil) }
        }
        guard !bars.isEmpty else { return nil }
        return chart(
            id: "chart-accuracy", title: "Clean accuracy, before and after",
            caption: "On judging texts, with 95% intervals.", groups: [("All labels", bars)])
    }

    private static func chart(id: String, title: String, caption: String, groups: [(String, [Bar])]) -> Chart {
        var marks: [Element] = []
        var y = 16.0
        var words: [String] = []
        let top = y + 6
        var body: [Element] = []
        for (name, bars) in groups {
            body.append(Chart.text(0, y, name, "strong", size: 12.5))
            y += 9
            for bar in bars {
                body += row(bar, y: y)
                y += 21
            }
            y += 20
            words.append(
                name + ": "
                    + bars.map { "\(Wording.name($0.model)) \(NumberText.rate($0.rate))" }.joined(separator: ", "))
        }
        let bottom = y - 16
        for tick in [0, 0.25, 0.5, 0.75, 1] {
            marks.append(Chart.line(bars(tick), top, bars(tick), bottom, "grid", stroke: "#d4d4d8"))
            marks.append(
                Chart.text(
                    bars(tick), bottom + 14, NumberText.fixed(tick * 100, 0) + "%", "tick", anchor: "middle", size: 11))
        }
        return Chart(
            id: id, title: title, description: words.joined(separator: "; ") + ".", caption: caption, width: width,
            height: bottom + 20, marks: marks + body)
    }

    private static func row(_ bar: Bar, y: Double) -> [Element] {
        let index = ModelRole.allCases.firstIndex(of: bar.model) ?? 0
        let middle = y + 8
        let start = bars.range.lowerBound
        var marks = [
            Chart.text(start - 8, middle + 4, Wording.name(bar.model), "label", anchor: "end"),
            Chart.rect(
                start, y + 1, max(1, bars(bar.rate.value) - start), 14, "m-\(bar.model.rawValue)",
                fill: ModelColour.fill(index)),
        ]
        marks += Chart.whisker(bars(bar.rate.interval.lower), bars(bar.rate.interval.upper), y: middle, cap: 3.5)
        if let floor = bar.floor {
            let x = bars(floor.value)
            marks.append(
                Chart.path(
                    "M\(Chart.number(x)) \(Chart.number(middle - 5))l4 5l-4 5l-4-5z", "floor", fill: "#ffffff",
                    stroke: "#18181b"))
        }
        marks.append(
            Chart.text(width, middle + 4, NumberText.percent(bar.rate.value), "value", anchor: "end"))
        return marks
    }
}
