internal import Findings
internal import Markup

/// Which class of colour a word of state has.
enum StateStyle {
    private static let names: [String: String] = [
        Wording.badge(Verdict.passed): "passed", Wording.badge(Verdict.failed): "failed",
        Wording.badge(Verdict.inconclusive): "inconclusive", Wording.name(CoverageItem.State.examined): "passed",
        Wording.name(CoverageItem.State.partly): "inconclusive", Wording.name(CoverageItem.State.skipped): "skipped",
        Wording.name(Finding.Severity.critical): "failed", Wording.name(Finding.Severity.high): "failed",
        Wording.name(Finding.Severity.medium): "inconclusive", Wording.name(Finding.Severity.low): "low",
        Wording.name(Finding.Severity.info): "low",
    ]

    /// Failures that were accepted.
    private static let accepted = Set(
        Acceptance.allCases.map { Wording.badge(Verdict.failed) + " (\(Wording.name($0)))" })

    /// The class, or nil for text that is not a state.
    static func name(of text: String) -> String? { names[text] ?? (accepted.contains(text) ? "accepted" : nil) }
}

/// The verdict's icon: a shape of its own for each, drawn, so that it needs no font.
enum VerdictIcon {
    static func element(_ verdict: Verdict) -> Element {
        let (fill, stroke) =
            switch verdict {
            case .passed: ("#15803d", "M13 25l8 8 14-17")
            case .failed: ("#b91c1c", "M16 16l16 16M32 16l-16 16")
            case .inconclusive: ("#a16207", "M18 19c0-8 12-8 12 0 0 5-6 5-6 10M24 34v2")
            }
        var mark = Chart.path(stroke, "icon-mark", stroke: "#ffffff")
        mark["stroke-width"] = "4"
        mark["stroke-linecap"] = "round"
        mark["stroke-linejoin"] = "round"
        var svg = Element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 48 48", "width": "48", "height": "48",
                "class": "icon", "aria-hidden": "true", "focusable": "false",
            ])
        switch verdict {
        case .passed: svg.append(Chart.circle(24, 24, 23, "icon-shape", fill: fill))
        case .failed: svg.append(Chart.path("M15 1h18l14 14v18l-14 14h-18l-14-14v-18z", "icon-shape", fill: fill))
        case .inconclusive: svg.append(Chart.path("M24 1l23 23-23 23-23-23z", "icon-shape", fill: fill))
        }
        svg.append(mark)
        return svg
    }
}
