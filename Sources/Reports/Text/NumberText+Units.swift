import Findings

extension NumberText {
    /// A share as "98.7%".
    static func percent(_ share: Double) -> String {
        share.isFinite ? fixed(share * 100, 1) + "%" : "not finite"
    }

    /// A difference of shares in percentage points, signed: "+85.1 points".
    static func points(_ difference: Double) -> String {
        signedPoints(difference) + (difference.isFinite ? " points" : "")
    }

    /// "98.7% (95.3 to 99.6)".
    static func rate(_ rate: Rate) -> String {
        "\(percent(rate.value)) (\(range(rate.interval)))"
    }

    /// "+85.1 (79.0 to 89.6)".
    static func difference(_ difference: Difference) -> String {
        "\(signedPoints(difference.value)) (\(range(difference.interval)))"
    }

    /// Bounds of an interval of shares or differences, times 100: "79.0 to 89.6".
    static func range(_ interval: Interval) -> String {
        "\(fixed(interval.lower * 100, 1)) to \(fixed(interval.upper * 100, 1))"
    }

    /// A gate value in its unit.
    static func value(_ value: Double?, unit: GateRule.Unit) -> String {
        guard let value else { return none }
        switch unit {
        case .rate: return percent(value)
        case .difference: return points(value)
        case .count: return value == value.rounded() ? fixed(value, 0) : significant(value)
        }
    }

    /// A gate limit in its unit; unlike a difference it carries no plus sign.
    static func limit(_ limit: Double?, unit: GateRule.Unit) -> String {
        let text = value(limit, unit: unit)
        return text.first == "+" ? String(text.dropFirst()) : text
    }

    /// What a rule is held against: its limit or, where passing has another, "fails > 25.0, passes ≤ 45.0" in the unit of
    /// its interval.
    static func limits(_ limit: Double?, pass: Double?, unit: GateRule.Unit) -> String {
        guard let limit, let pass, pass != limit else { return self.limit(limit, unit: unit) }
        return "fails > \(bound(limit, unit: unit)), passes ≤ \(bound(pass, unit: unit))"
    }

    static func limits(_ rule: GateRule) -> String { limits(rule.limit, pass: rule.passLimit, unit: rule.unit) }

    private static func bound(_ value: Double, unit: GateRule.Unit) -> String {
        unit == .count ? significant(value) : fixed(value * 100, 1)
    }

    /// A gate interval in its unit.
    static func interval(_ interval: Interval?, unit: GateRule.Unit) -> String {
        guard let interval else { return none }
        switch unit {
        case .rate, .difference: return range(interval)
        case .count: return "\(significant(interval.lower)) to \(significant(interval.upper))"
        }
    }

    /// "0.003", "< 0.001".
    static func probability(_ value: Double?) -> String {
        guard let value else { return none }
        return value < 0.001 ? "< 0.001" : fixed(value, 3)
    }

    /// "90.9 MB"; decimal units, as file managers and model hubs count.
    static func bytes(_ count: Int) -> String {
        var size = Double(count)
        guard count >= 1000 else { return "\(grouped(count)) B" }
        var units = ["kB", "MB", "GB", "TB"][...]
        size /= 1000
        while size >= 999.95, units.count > 1 {
            size /= 1000
            units = units.dropFirst()
        }
        return fixed(size, 1) + " " + (units.first ?? "TB")
    }

    /// "4 min 12 s", "8.4 s".
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9, seconds >= 60 else { return fixed(seconds, 1) + " s" }
        let whole = Int(seconds.rounded())
        let minutes = whole / 60
        return minutes < 60
            ? "\(minutes) min \(whole % 60) s" : "\(minutes / 60) h \(minutes % 60) min \(whole % 60) s"
    }

    private static func signedPoints(_ difference: Double) -> String {
        let text = fixed(difference * 100, 1)
        return difference > 0 && text != "0.0" && difference.isFinite ? "+" + text : text
    }
}
