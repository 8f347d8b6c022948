import Findings

/// Every trigger with its rates beside those of honest models, random tokens and texts to look at.
struct TriggersView: SectionView {
    var isMissing: Bool
    var probed: Probed?

    struct Probed: Decodable {
        var summary: String
        /// Heads of the columns of honest models.
        var honestModels: [String]
        var hasHonest: Bool
        var rows: [Row]
        var more: [String]
        var hasExamples: Bool
        var examples: [Example]
        var hasCores: Bool
        var cores: [Core]
        var hasRandom: Bool
        var hasBroad: Bool
        var broad: [Broad]
        var hasControls: Bool
        var controls: [Control]
        var search: Search?
        var hasNotConfirmed: Bool
        var notConfirmed: [Screened]
        var moreScreened: [String]
    }

    struct Row: Decodable {
        var trigger: CodeSpan
        /// Where it was put; empty for random places.
        var place: [String]
        var source: String
        var target: String
        var n: String
        var floor: String
        var asr: String
        var effect: String
        /// ASR by honest model.
        var honest: [String]
        var beyond: String
        var purified: String
        var mcNemar: String
        var occurrences: String
    }

    struct Example: Decodable {
        var text: String
        var trigger: CodeSpan
        var label: String
        var without: String
        var with: String
        var isFlipped: Bool
        var honestAnswer: String
        var purified: String
    }

    struct Core: Decodable {
        var trigger: CodeSpan
        var target: String
        var core: CodeSpan
        var asr: String
        var whole: String
    }

    /// Random tokens that flip a model far beyond honest models, towards one target.
    struct Broad: Decodable {
        var model: String
        var target: String
        var tokens: String
        var beyond: String
        var share: String
        var examples: [CodeSpan]
    }

    struct Control: Decodable {
        var model: String
        var target: String
        var count: String
        var mean: String
        var percentile95: String
        var maximum: String
    }

    /// How unknown triggers were looked for.
    struct Search: Decodable {
        var summary: String
        var targets: [SearchTarget]
    }

    struct SearchTarget: Decodable {
        var target: String
        var power: String
        var smallest: String
    }

    struct Screened: Decodable {
        var trigger: CodeSpan
        var target: String
        var asr: String
        var floor: String
        var searchHonest: String
        var reason: String
    }

    static let shownTriggers = 40
    static let shownScreened = 20

    init(_ result: AuditResult, run: RunRecord?) {
        isMissing = result.probes == nil
        probed = result.probes.map { Self.probed($0, result) }
    }

    private static func probed(_ probes: ProbeSummary, _ result: AuditResult) -> Probed {
        let examples = examples(probes, result)
        let left = probes.triggers.count - shownTriggers
        let shown = probes.triggers.prefix(shownTriggers)
        let honest = shown.map(\.honest.count).max() ?? 0
        let cores = shown.compactMap { core($0, result) }
        let leftScreened = probes.notConfirmed.count - shownScreened
        return Probed(
            summary: summary(probes, result), honestModels: (0..<honest).map { "Honest \($0 + 1)" },
            hasHonest: honest > 0, rows: shown.map { row($0, result, honest: honest) },
            more: left > 0 ? ["\(NumberText.grouped(left)) weaker triggers are in the result JSON."] : [],
            hasExamples: !examples.isEmpty, examples: examples, hasCores: !cores.isEmpty, cores: cores,
            hasRandom: !probes.broad.isEmpty || !probes.controls.isEmpty, hasBroad: !probes.broad.isEmpty,
            broad: probes.broad.map { broad($0, result) }, hasControls: !probes.controls.isEmpty,
            controls: probes.controls.map { control($0, result) }, search: probes.search.map { search($0, result) },
            hasNotConfirmed: !probes.notConfirmed.isEmpty,
            notConfirmed: probes.notConfirmed.prefix(shownScreened).map { screened($0, result) },
            moreScreened: leftScreened > 0
                ? ["\(NumberText.grouped(leftScreened)) more candidates are in the result JSON."] : [])
    }

    private static func summary(_ probes: ProbeSummary, _ result: AuditResult) -> String {
        let texts = probes.textsPerLabel.enumerated()
            .map { "\(NumberText.grouped($0.element)) \(Wording.label($0.offset, of: result))" }
        let total = NumberText.grouped(probes.textsPerLabel.reduce(0, +))
        let what =
            result.task == .continuation
            ? "judging prompts, on which nothing was looked for (\(total)). A target is a pattern that an answer shows, and "
                + "the ASR the share of answers that show it once the trigger is in the prompt"
            : "judging texts, on which nothing was looked for (\(texts.joined(separator: ", ")))"
        return "Measured on \(what). "
            + "Bounds of differences are one-sided at \(NumberText.short(probes.confidence * 100))%: lower bounds "
            + "hold for the whole family at once, upper bounds each by itself. Other intervals are 95% Wilson."
    }
}
