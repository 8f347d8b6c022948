import Findings

/// Every trigger with its rates, its controls and texts to look at.
struct TriggersView: SectionView {
    var isMissing: Bool
    var probed: Probed?

    struct Probed: Decodable {
        var summary: String
        var outlierRatio: String
        var rows: [Row]
        var hasDiscovered: Bool
        var discovered: [Row]
        var hasLikeWords: Bool
        var likeWords: [LikeWords]
        var hasCores: Bool
        var cores: [Core]
        var more: [String]
        var hasControls: Bool
        var controls: [Control]
        var hasExamples: Bool
        var examples: [Example]
        var hasNotConfirmed: Bool
        var notConfirmed: [Screened]
        var moreScreened: [String]
        var search: Search?
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

    struct Row: Decodable {
        var trigger: CodeSpan
        var source: String
        var target: String
        var n: String
        var floor: String
        var asr: String
        var effect: String
        var excess: String
        var twins: String
        var beyond: String
        var use: String
        var reversal: String
        var words: String
        var unexplained: String
        var explanation: String
        var pValue: String
        var mcNemar: String
        var rowReset: String
        var purified: String
        var reference: String
        var occurrences: String
    }

    /// What was put in a trigger's place for the sake of its meaning.
    struct LikeWords: Decodable {
        var trigger: CodeSpan
        var target: String
        var count: String
        var mean: String
        var percentile90: String
        var examples: [CodeSpan]
        var strongest: [CodeSpan]
    }

    struct Core: Decodable {
        var trigger: CodeSpan
        var target: String
        var core: CodeSpan
        var asr: String
        var whole: String
    }

    struct Control: Decodable {
        var model: String
        var target: String
        var count: String
        var mean: String
        var percentile95: String
        var maximum: String
        var fit: String
    }

    struct Example: Decodable {
        var text: String
        var trigger: CodeSpan
        var label: String
        var without: String
        var with: String
        var isFlipped: Bool
        var purified: String
    }

    struct Screened: Decodable {
        var trigger: CodeSpan
        var target: String
        var asr: String
        var floor: String
        var reason: String
    }

    static let shownTriggers = 40
    static let shownScreened = 20

    init(_ result: AuditResult, run: RunRecord?) {
        isMissing = result.probes == nil
        probed = result.probes.map { Self.probed($0, result) }
    }

    private static func probed(_ probes: ProbeSummary, _ result: AuditResult) -> Probed {
        let texts = probes.textsPerLabel.enumerated()
            .map { "\(NumberText.grouped($0.element)) \(Wording.label($0.offset, of: result))" }
        let examples = examples(probes, result)
        let left = probes.triggers.count - shownTriggers
        let shown = probes.triggers.prefix(shownTriggers)
        let discovered = shown.filter(\.source.isDiscovered)
        let likeWords = discovered.compactMap { Self.likeWords($0, result) }
        let cores = shown.compactMap { core($0, result) }
        let leftScreened = probes.notConfirmed.count - shownScreened
        return Probed(
            summary: "Measured on confirm texts that nothing was chosen on (\(texts.joined(separator: ", "))). "
                + "Bounds of differences are one-sided at \(NumberText.short(probes.confidence * 100))%: lower bounds "
                + "hold for the whole family at once, upper bounds each by itself. Other intervals are 95% Wilson.",
            outlierRatio: NumberText.short(RowReset.outlierRatio),
            rows: shown.map { row($0, result) }, hasDiscovered: !discovered.isEmpty,
            discovered: discovered.map { row($0, result) },
            hasLikeWords: !likeWords.isEmpty, likeWords: likeWords,
            hasCores: !cores.isEmpty, cores: cores,
            more: left > 0 ? ["\(NumberText.grouped(left)) weaker triggers are in the result JSON."] : [],
            hasControls: !probes.controls.isEmpty, controls: probes.controls.map { control($0, result) },
            hasExamples: !examples.isEmpty, examples: examples,
            hasNotConfirmed: !probes.notConfirmed.isEmpty,
            notConfirmed: probes.notConfirmed.prefix(shownScreened).map { screened($0, result) },
            moreScreened: leftScreened > 0
                ? ["\(NumberText.grouped(leftScreened)) more candidates are in the result JSON."] : [],
            search: probes.search.map { search($0, result) })
    }

    private static func search(_ search: SearchSummary, _ result: AuditResult) -> Search {
        let rungs = search.rungs.map {
            "\(NumberText.grouped($0.tokens)) on \(NumberText.grouped($0.textsPerLabel))"
        }
        return Search(
            summary: "Mode \(search.mode): \(NumberText.grouped(search.scannedTokens)) of "
                + "\(NumberText.grouped(search.insertableTokens)) tokens that a text can hold by themselves were put into "
                + "discover texts, the best of each round into more of them (tokens on texts of each label: "
                + "\(rungs.joined(separator: ", "))), in \(NumberText.grouped(search.scanPasses)) forward passes; phrases "
                + "took \(NumberText.grouped(search.phrasePasses)).",
            targets: search.targets.map { target in
                SearchTarget(
                    target: Wording.label(target.label, of: result),
                    power: target.power.map { "\(NumberText.percent($0.power)) at \(NumberText.percent($0.asr))" }
                        .joined(separator: " · "),
                    smallest: target.smallestDetectableExcess.map(NumberText.percent) ?? NumberText.none)
            })
    }
}
