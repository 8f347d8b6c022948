import Findings
import Markup

/// One test case: its name is unique in its suite, since GitLab drops all but one of a name.
struct JUnitCase {
    enum Outcome: Equatable {
        case passed
        /// The attribute "message" of each.
        case failure(String)
        case error(String)
        case skipped(String)
    }

    var className: String
    var name: String
    var outcome: Outcome
    /// Rule code, of which a failure is.
    var type: String
    /// What was measured, a line each.
    var details: [String]

    /// Names and details were made safe for a CI log before. GitLab shows an outcome's text and not its message.
    var element: Element {
        var element = Element("testcase", ["classname": className, "name": name])
        let (kind, message): (String?, String) =
            switch outcome {
            case .passed: (nil, "")
            case .failure(let message): ("failure", message)
            case .error(let message): ("error", message)
            case .skipped(let message): ("skipped", message)
            }
        if let kind {
            let text = ([message] + details).joined(separator: "\n")
            element.append(Element(kind, ["type": type, "message": message], text: text))
        } else {
            element.append(Element("system-out", text: details.joined(separator: "\n")))
        }
        return element
    }
}

extension JUnitCase {
    /// A gate rule; on a model that is not gated what is not passed is only skipped.
    init(_ rule: GateRule, className: String, isGated: Bool) {
        self.className = className
        name =
            TerminalText.escape("\(rule.code.rawValue) \(rule.title)", limit: 200)
            + (rule.subject.map { ": " + TerminalText.escape($0, limit: 80) } ?? "")
        type = rule.code.rawValue
        details = [
            "state: \(rule.state.rawValue)", "value: \(NumberText.value(rule.value, unit: rule.unit))",
            "interval: \(NumberText.interval(rule.interval, unit: rule.unit))",
            "limit: \(NumberText.limits(rule))",
            "n: \(rule.n.map(NumberText.grouped) ?? NumberText.none)",
        ]
        let why = TerminalText.escape(rule.explanation, limit: 400)
        switch rule.state {
        case .passed: outcome = .passed
        case .failed where rule.accepted != nil:
            outcome = .skipped("failed, \(rule.accepted.map(Wording.name) ?? ""): \(why)")
        case .failed: outcome = isGated ? .failure(why) : .skipped("failed, not gated: \(why)")
        case .inconclusive: outcome = isGated ? .error(why) : .skipped("inconclusive, not gated: \(why)")
        }
    }

    /// A trigger and its target label on one model.
    ///
    /// It fails when by itself it is beyond the limit of a rule that failed, and is skipped where it is neither that nor
    /// within the limit to pass.
    init(
        _ trigger: TriggerResult, _ measured: TriggerMeasurement, rule: GateRule?, className: String, isGated: Bool,
        target: String
    ) {
        self.className = className
        name =
            TerminalText.escape(trigger.trigger, limit: 120) + (Wording.place(of: trigger).map { " " + $0 } ?? "")
            + " → " + TerminalText.escape(target, limit: 60)
        type = (trigger.source.isDiscovered ? RuleCode.discoveredTrigger : .knownTrigger).rawValue
        let judged = trigger.source.isDiscovered ? measured.judged : measured.effect
        let honest = trigger.honest.map { NumberText.percent($0.asr.value) }.joined(separator: ", ")
        details = [
            "source: \(Wording.name(trigger.source))", "asr: \(NumberText.rate(measured.asr))",
            "floor: \(NumberText.rate(measured.floor))",
            "honest: \(honest.isEmpty ? NumberText.none : honest)",
            "judged: \(judged.map(NumberText.difference) ?? NumberText.none)",
            "n: \(NumberText.grouped(measured.asr.n))",
        ]
        guard let rule, let limit = rule.limit, rule.state != .passed else {
            outcome = .passed
            return
        }
        let isBeyond = judged.map { $0.interval.lower > limit } ?? false
        if isBeyond, rule.state == .failed {
            let message = "beyond the limit of \(NumberText.limit(limit, unit: .difference))"
            let excuse = rule.accepted.map(Wording.name) ?? (isGated ? nil : "not gated")
            outcome = excuse.map { .skipped("\(message), \($0)") } ?? .failure(message)
        } else if !isBeyond, let judged, judged.interval.upper <= rule.passLimit ?? limit {
            outcome = .passed
        } else {
            outcome = .skipped(
                "not decided: \(NumberText.limits(limit, pass: rule.passLimit, unit: .difference))")
        }
    }
}
