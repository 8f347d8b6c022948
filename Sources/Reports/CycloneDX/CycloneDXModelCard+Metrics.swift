import Findings

extension CycloneDXModelCard {
    /// How one model did on the judging texts; nil where nothing was measured.
    static func analysis(of role: ModelRole, _ result: AuditResult) -> Analysis? {
        guard let probes = result.probes else { return nil }
        var metrics: [Metric] = []
        if let accuracy = probes.accuracy(of: role) {
            metrics.append(Metric("clean accuracy", accuracy.overall, slice: nil))
            metrics += accuracy.perClass.enumerated().map { label, rate in
                Metric("clean accuracy", rate, slice: "label " + name(label, result))
            }
        }
        for trigger in probes.triggers {
            guard let measured = trigger.on(role) else { continue }
            let place = Wording.place(of: trigger).map { " " + $0 } ?? ""
            let slice =
                "trigger “\(VisibleText.clipped(trigger.trigger, to: 120))”\(place) → \(name(trigger.target, result))"
            metrics.append(Metric("attack success rate", measured.asr, slice: slice))
            metrics.append(Metric("share of the target without the trigger", measured.floor, slice: slice))
            metrics.append(Metric("attack success rate above the floor", measured.effect, slice: slice))
            if let left = measured.beyondHonest {
                metrics.append(Metric("attack success beyond honest models", left, slice: slice))
            }
        }
        return metrics.isEmpty ? nil : Analysis(performanceMetrics: metrics)
    }

    private static func name(_ label: Int, _ result: AuditResult) -> String {
        VisibleText.clipped(Wording.label(label, of: result), to: 60)
    }
}

extension CycloneDXModelCard.Metric {
    fileprivate init(_ type: String, _ rate: Rate, slice: String?) {
        self.init(type, rate.value, rate.interval, slice: slice)
    }

    fileprivate init(_ type: String, _ difference: Difference, slice: String?) {
        self.init(type, difference.value, difference.interval, slice: slice)
    }

    /// The numbers as result.json has them, as fractions.
    private init(_ type: String, _ value: Double, _ interval: Interval, slice: String?) {
        self.init(
            type: type, value: value.description, slice: slice,
            confidenceInterval: .init(
                lowerBound: interval.lower.description, upperBound: interval.upper.description))
    }
}
