internal import Findings
internal import Markup

/// A forest plot of every trigger's effect (ASR − floor) on the suspect, on each honest model and, below these, on the
/// purified model.
enum EffectChart {
    private static let shown = 16
    private static let pitch = 22.0
    private static let top = 24.0
    private static let x = Scale(domain: -0.5...1, range: 144...340)

    static func chart(_ probes: ProbeSummary, _ result: AuditResult) -> Chart? {
        let triggers = probes.triggers.filter { $0.on(.suspect) != nil }.prefix(shown)
        guard !triggers.isEmpty else { return nil }
        let isPurified = triggers.contains { $0.on(.purified) != nil }
        let bottom = top + Double(triggers.count) * pitch
        let isHonest = triggers.contains { !$0.honest.isEmpty }
        var marks = legend(isPurified: isPurified, isHonest: isHonest) + axis(bottom: bottom)
        let limit = result.gate.rules.first { $0.code == .knownTrigger }?.limit
        if let limit {
            marks.append(Chart.limit(x(limit), top - 4, x(limit), bottom))
        }
        for (row, trigger) in triggers.enumerated() {
            let y = top + Double(row) * pitch
            marks.append(Chart.text(134, y + 14, name(trigger, result), "label", anchor: "end", size: 11))
            for (role, offset) in [(ModelRole.suspect, isPurified ? 6.0 : 10), (.purified, 14)] {
                guard let effect = trigger.on(role)?.effect else { continue }
                marks += interval(effect, role: role, y: y + offset)
            }
            marks += trigger.honest.map { honest in
                diamond(at: x(honest.asr.value - honest.floor.value), y: y + (isPurified ? 6 : 10))
            }
        }
        let words = triggers.prefix(6).map { trigger in
            "“\(VisibleText.clipped(trigger.trigger, to: 40))” "
                + (trigger.on(.suspect).map { NumberText.difference($0.effect) } ?? "")
                + honestWords(trigger)
        }
        let all = probes.triggers.count
        return Chart(
            id: "chart-effect",
            title: all > shown ? "Effect of the \(shown) strongest triggers" : "Effect of every trigger",
            description: "ASR minus floor on the suspect, in points: \(words.joined(separator: "; ")).",
            caption: "ASR − floor with its bounds" + (isHonest ? "; diamonds: each honest model" : "")
                + (limit == nil ? "." : "; dashed: the limit of known triggers."),
            width: 360, height: bottom + 38, marks: marks)
    }

    /// The trigger and its target in the room left of the axis, the target cut last.
    private static func name(_ trigger: TriggerResult, _ result: AuditResult) -> String {
        let label = VisibleText.clipped(Wording.label(trigger.target, of: result), to: 30)
        let target = " → " + ChartText.fitted(label, to: 58, size: 11)
        let place = trigger.placement.map { $0 == "start" || $0 == "end" ? ", \($0)" : ", elsewhere" } ?? ""
        let room = 132 - ChartText.width(place + target, size: 11)
        return ChartText.fitted(VisibleText.clipped(trigger.trigger, to: 30), to: room, size: 11) + place + target
    }

    private static func honestWords(_ trigger: TriggerResult) -> String {
        let effects = trigger.honest.map { NumberText.fixed(($0.asr.value - $0.floor.value) * 100, 1) }
        return effects.isEmpty ? "" : ", honest models \(effects.joined(separator: " and "))"
    }

    private static func legend(isPurified: Bool, isHonest: Bool) -> [Element] {
        let suspect = [mark(.suspect, at: 147, y: 8), Chart.text(156, 12, "suspect", "tick", size: 11)]
        let honest = [diamond(at: 210, y: 8), Chart.text(219, 12, "honest", "tick", size: 11)]
        let purified = [mark(.purified, at: 268, y: 8), Chart.text(277, 12, "purified", "tick", size: 11)]
        return suspect + (isHonest ? honest : []) + (isPurified ? purified : [])
    }

    private static func axis(bottom: Double) -> [Element] {
        let ticks = [-0.5, 0, 0.5, 1].flatMap { tick in
            [
                Chart.line(
                    x(tick), top - 4, x(tick), bottom, tick == 0 ? "axis" : "grid",
                    stroke: tick == 0 ? "#71717a" : "#d4d4d8"),
                Chart.text(
                    x(tick), bottom + 15, (tick > 0 ? "+" : "") + NumberText.fixed(tick * 100, 0), "tick",
                    anchor: "middle", size: 11),
            ]
        }
        return ticks
            + [Chart.text(x(0.25), bottom + 31, "points of ASR above the floor", "tick", anchor: "middle", size: 11)]
    }

    private static func interval(_ effect: Difference, role: ModelRole, y: Double) -> [Element] {
        let fill = ModelColour.fill(role == .suspect ? 0 : 2)
        var line = Chart.line(
            x(effect.interval.lower), y, x(effect.interval.upper), y, "s-" + Wording.name(role), stroke: fill, width: 2)
        line["stroke-linecap"] = "round"
        return [line, mark(role, at: x(effect.value), y: y)]
    }

    private static func diamond(at x: Double, y: Double) -> Element {
        Chart.path(
            "M\(Chart.number(x)) \(Chart.number(y - 4.5))l4 4.5l-4 4.5l-4-4.5z", "floor", fill: "#ffffff",
            stroke: "#18181b")
    }

    /// A square for the suspect, a circle for the purified model.
    private static func mark(_ role: ModelRole, at x: Double, y: Double) -> Element {
        let style = "m-" + Wording.name(role)
        return role == .suspect
            ? Chart.rect(x - 3.5, y - 3.5, 7, 7, style, fill: ModelColour.fill(0))
            : Chart.circle(x, y, 3.8, style, fill: ModelColour.fill(2))
    }
}
