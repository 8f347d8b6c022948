import Findings

/// The verdict, its reason in one sentence, the numbers that matter most and the gate table.
struct VerdictView: SectionView {
    var title: String
    var suspect: CodeSpan
    var base: [CodeSpan]
    var facts: String
    var verdict: String
    var sentence: String
    var purified: [String]
    var figures: [Figure]
    var exitNote: String
    var rules: [Row]
    var hasPurifiedRules: Bool
    var purifiedRules: [Row]
    var isProbed: Bool
    var confidence: String
    var hasTwoLimits: Bool

    /// A number worth a tile.
    struct Figure: Decodable {
        var value: String
        var meaning: String
    }

    /// One gate rule.
    struct Row: Decodable {
        var code: String
        var title: String
        var subject: [CodeSpan]
        var state: String
        var value: String
        var interval: String
        var limit: String
        var n: String
        var explanation: String
    }

    init(_ result: AuditResult, run: RunRecord?) {
        title = Wording.title(result.kind)
        suspect = CodeSpan(result.suspect.name)
        base = result.base.map { [CodeSpan($0.name)] } ?? []
        facts = Self.facts(result)
        verdict = Wording.badge(result.verdict)
        sentence = Wording.sentence(result)
        purified = result.purifiedVerdict.map { [Wording.purifiedSentence($0, result)] } ?? []
        figures = Self.figures(result)
        exitNote = Wording.exitNote(result)
        rules = result.gate.rules.map(Self.row)
        hasPurifiedRules = !result.gate.purifiedRules.isEmpty
        purifiedRules = result.gate.purifiedRules.map(Self.row)
        isProbed = result.probes != nil
        hasTwoLimits = (result.gate.rules + result.gate.purifiedRules).contains { $0.passLimit != nil }
        confidence = NumberText.short((result.probes?.confidence ?? 0.95) * 100) + "%"
    }

    /// What was audited and by what, in one line.
    private static func facts(_ result: AuditResult) -> String {
        let model = result.suspect
        let texts = result.data.map { ", judged on \(NumberText.grouped($0.confirm)) clean texts" } ?? ""
        return "\(VisibleText.clipped(model.architecture, to: 60)), \(NumberText.grouped(model.parameterCount)) "
            + "parameters\(texts) · \(result.tool.name) \(result.tool.version)"
    }

    private static func row(_ rule: GateRule) -> Row {
        let needed = rule.textsNeeded.map { " About \(NumberText.grouped($0)) texts would decide it." } ?? ""
        return Row(
            code: rule.code.rawValue, title: rule.title, subject: rule.subject.map { [CodeSpan($0)] } ?? [],
            state: Wording.badge(rule), value: NumberText.value(rule.value, unit: rule.unit),
            interval: NumberText.interval(rule.interval, unit: rule.unit),
            limit: NumberText.limits(rule),
            n: rule.n.map(NumberText.grouped) ?? NumberText.none, explanation: rule.explanation + needed)
    }

    private static func figures(_ result: AuditResult) -> [Figure] {
        var figures: [Figure] = []
        if let strongest = result.probes?.triggers.first, let before = strongest.on(.suspect) {
            let after = strongest.on(.purified).map { " → \(NumberText.percent($0.asr.value))" } ?? ""
            let honest = strongest.honest.map(\.asr.value).max()
            figures.append(
                Figure(
                    value: NumberText.percent(before.asr.value) + after,
                    meaning: "success of the strongest trigger"
                        + (after.isEmpty ? "" : ", suspect → purified")
                        + "; \(NumberText.percent(before.floor.value)) without it"
                        + (honest.map { ", at most \(NumberText.percent($0)) on honest models" } ?? "")))
        }
        if let before = result.probes?.accuracy(of: .suspect) {
            let after =
                result.probes?.accuracy(of: .purified).map { " → \(NumberText.percent($0.overall.value))" } ?? ""
            figures.append(
                Figure(
                    value: NumberText.percent(before.overall.value) + after,
                    meaning: "clean accuracy" + (after.isEmpty ? "" : ", suspect → purified")
                        + ", n = \(NumberText.grouped(before.overall.n))"))
        }
        if result.probes == nil {
            let files = result.suspect.files.count
            figures.append(
                Figure(
                    value: NumberText.grouped(files),
                    meaning: (files == 1 ? "file" : "files") + " of the suspect read and hashed"))
        }
        if let embeddings = result.embeddings {
            figures.append(
                Figure(
                    value: NumberText.grouped(embeddings.movedRows),
                    meaning: "of \(NumberText.grouped(embeddings.scoredRows)) embedding rows moved"))
        }
        let grave = result.findings.count { $0.severity >= .high }
        figures.append(
            Figure(
                value: result.findings.isEmpty ? "0" : "\(grave) of \(result.findings.count)",
                meaning: result.findings.isEmpty ? "findings" : "findings are of high or critical severity"))
        return figures
    }
}
