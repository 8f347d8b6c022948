internal import Findings
internal import Markup

/// A forest plot of every trigger's effect (ASR − floor) on the suspect and, below it, on the purified model.
enum EffectChart {
    private static let shown = 14
    private static let x = Scale(domain: -0.5...1, range: 144...334)

    static func chart(_ probes: ProbeSummary, _ result: AuditResult) -> Chart? {
        let triggers = probes.triggers.filter { $0.on(.suspect) != nil }.prefix(shown)
        guard !triggers.isEmpty else { return nil }
        let bottom = 12 + Double(triggers.count) * 26
        var marks: [Element] = []
        for tick in [-0.5, 0, 0.5, 1] {
            marks.append(
                Chart.line(
                    x(tick), 6, x(tick), bottom, tick == 0 ? "axis" : "grid", stroke: tick == 0 ? "#71717a" : "#d4d4d8")
            )
            let sign = tick > 0 ? "+" : ""
            marks.append(
                Chart.text(
                    x(tick), bottom + 15, sign + NumberText.fixed(tick * 100, 0), "tick", anchor: "middle", size: 11))
        }
        marks.append(
            Chart.text(x(0.25), bottom + 31, "points of ASR above the floor", "tick", anchor: "middle", size: 11))
        if let limit = result.gate.rules.first(where: { $0.code == .knownTrigger })?.limit {
            var rule = Chart.line(x(limit), 6, x(limit), bottom, "limit", stroke: "#b91c1c", width: 1.5)
            rule["stroke-dasharray"] = "5 4"
            marks.append(rule)
        }
        var y = 12.0
        for trigger in triggers {
            let name =
                "\(VisibleText.clipped(trigger.trigger, to: 30).shortened(to: 11)) → "
                + VisibleText.clipped(Wording.label(trigger.target, of: result), to: 20).shortened(to: 8)
            marks.append(Chart.text(136, y + 12, name, "label", anchor: "end", size: 11))
            for (role, offset) in [(ModelRole.suspect, 5.0), (.purified, 14.0)] {
                guard let effect = trigger.on(role)?.effect else { continue }
                marks += interval(effect, role: role, y: y + offset)
            }
            y += 26
        }
        let words = triggers.prefix(6).map { trigger in
            "“\(VisibleText.clipped(trigger.trigger, to: 40))” "
                + (trigger.on(.suspect).map { NumberText.difference($0.effect) } ?? "")
        }
        return Chart(
            id: "chart-effect", title: "Effect of every trigger",
            description: "ASR minus floor on the suspect, in points: \(words.joined(separator: "; ")).",
            caption:
                "ASR − floor with the bounds that gate: upper mark the suspect (square), lower mark the purified "
                + "model (circle); dashed: the gate's limit.",
            width: 360, height: bottom + 38, marks: marks)
    }

    private static func interval(_ effect: Difference, role: ModelRole, y: Double) -> [Element] {
        let style = "m-" + Wording.name(role)
        let fill = ModelColour.fill(role == .suspect ? 0 : 2)
        var line = Chart.line(
            x(effect.interval.lower), y, x(effect.interval.upper), y, "s-" + Wording.name(role), stroke: fill, width: 2)
        line["stroke-linecap"] = "round"
        let mark =
            role == .suspect
            ? Chart.rect(x(effect.value) - 3.5, y - 3.5, 7, 7, style, fill: fill)
            : Chart.circle(x(effect.value), y, 3.8, style, fill: fill)
        return [line, mark]
    }
}
