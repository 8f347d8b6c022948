import Findings

/// What was accepted in writing, and what changed since an earlier result.
struct ChangesView: SectionView {
    var isEmpty: Bool
    var hasSuppressions: Bool
    var suppressions: [Accepted]
    var baseline: Baseline?

    struct Accepted: Decodable {
        var rule: String
        var state: String
        var expires: String
        var model: CodeSpan
        var justification: String
    }

    struct Baseline: Decodable {
        var summary: String
        var file: CodeSpan
        var digest: CodeSpan
        var hasEntries: Bool
        var entries: [Entry]
        var more: [String]
    }

    struct Entry: Decodable {
        var status: String
        var part: String
        var rule: String
        var subject: [CodeSpan]
        var target: String
        var before: String
        var now: String
    }

    private static let shownEntries = 40

    init(_ result: AuditResult, run: RunRecord?) {
        hasSuppressions = !result.suppressions.isEmpty
        isEmpty = !hasSuppressions && result.baseline == nil
        suppressions = result.suppressions.map(Self.accepted)
        baseline = result.baseline.map { Self.baseline($0, result) }
    }

    private static func accepted(_ suppression: Suppression) -> Accepted {
        Accepted(
            rule: suppression.rule.rawValue, state: Wording.name(suppression.state), expires: suppression.expires,
            model: CodeSpan(suppression.sha256.prefix(12) + "…"),
            justification: VisibleText.clipped(suppression.justification, to: 600))
    }

    private static func baseline(_ baseline: BaselineComparison, _ result: AuditResult) -> Baseline {
        let counts = BaselineComparison.Status.allCases.map { "\(baseline.count($0)) \(Wording.name($0))" }
        let same = baseline.suspectSHA256 == result.suspect.sha256 ? "the same model" : "another model"
        let left = baseline.entries.count - shownEntries
        return Baseline(
            summary: "The baseline is of \(same), “\(VisibleText.clipped(baseline.suspect, to: 80))”; its verdict was "
                + "“\(Wording.badge(baseline.verdict))”. Since then: \(counts.joined(separator: ", ")). The gate fails "
                + "only on what is new or worse.",
            file: CodeSpan(baseline.file.name), digest: CodeSpan(baseline.file.sha256),
            hasEntries: !baseline.entries.isEmpty,
            entries: baseline.entries.prefix(shownEntries).map { entry($0, result) },
            more: left > 0 ? ["\(NumberText.grouped(left)) more are in the result JSON."] : [])
    }

    private static func entry(_ entry: BaselineComparison.Entry, _ result: AuditResult) -> Entry {
        func value(_ value: Double?) -> String {
            entry.unit.map { NumberText.value(value, unit: $0) } ?? NumberText.none
        }
        return Entry(
            status: Wording.name(entry.status), part: Wording.name(entry.part), rule: entry.code.rawValue,
            subject: entry.subject.map { [CodeSpan($0, limit: 60)] } ?? [],
            target: entry.target.map { Wording.label($0, of: result) } ?? NumberText.none, before: value(entry.before),
            now: value(entry.now))
    }
}
