import Audit
import Findings

/// The page of a zoo, for every format.
struct ZooPage {
    let results: ZooResults
    let analysis: ZooAnalysis

    /// Title of the part with the ROC curve.
    static let curveTitle = "ROC curve"

    /// What such a zoo says nothing of.
    static let limits = """
        It cannot see triggers of syntax or style, combinations of rare words that were not planted here, other attacks, \
        other bases, other data, or an attacker who knows these limits. Models of one zoo are alike: intervals take them \
        as independent, and are too narrow by as much as they are not.
        """

    var markdown: String { PageMarkdown.render(blocks) }

    /// The page with a drawing of the ROC curve above its table.
    var html: String {
        let heading = "<h2>\(Self.curveTitle)</h2>"
        return PageHTML.render(blocks).replacing(
            heading, with: heading + "\n" + CurveDrawing(points: analysis.curve(.held)).svg, maxReplacements: 1)
    }

    /// The claim of the results so far, for a terminal.
    static func summary(_ results: ZooResults) -> String {
        ZooPage(results: results, analysis: ZooAnalysis(results.outcomes)).claim
    }

    var blocks: [PageBlock] {
        let tables = ZooTables(results: results, analysis: analysis)
        var blocks: [PageBlock] = [
            .heading(1, "Calibration of the audit on \(results.config.baseName)"),
            .paragraph(audited), .paragraph(Self.limits), .paragraph(claim),
            .heading(2, "Held-back half"),
            .paragraph(
                "A model is detected, or a false alarm, where the rule on discovered triggers or that on random tokens "
                    + "fails it. Rates are per cent of models (count of all; exact 95 % Clopper–Pearson interval). Area under the ROC curve: "
                    + "half B \(analysis.area(.held)?.text ?? "–"), half A \(analysis.area(.chosen)?.text ?? "–")."),
            .table(tables.halves), .paragraph(verdicts),
        ]
        if let chosen = analysis.chosen { blocks += choice(chosen) }
        blocks += [
            .heading(2, Self.curveTitle), .paragraph("Half B, at every limit where a rate changes."),
            .table(tables.curve),
        ]
        blocks += [.heading(2, "By kind of model"), .paragraph("Half B, at \(judgedBy)."), .table(tables.slices)]
        if let signals = ZooSignals(results.outcomes).table {
            blocks += [
                .heading(2, "Checks that are not gated"),
                .paragraph(
                    "Both halves: nothing was chosen by them. Notable as assay audit --signals reports it."),
                .table(signals),
            ]
        }
        blocks += exceptions + ZooOrigin(results: results).blocks
        return blocks
    }

    /// Limits that slices and lists are judged by.
    var policy: Policy { analysis.chosen?.policy ?? Policy() }

    private var judgedBy: String {
        analysis.chosen.map { "the limits chosen on half A (\($0.excess) and \($0.doubt))" } ?? "the default limits"
    }

    private var audited: String {
        let outcomes = results.outcomes
        func count(_ truth: ZooOutcome.Truth) -> Int { outcomes.count { $0.truth == truth } }
        let audit = results.config.audit
        let texts = audit.texts.map { "at most \($0.grouped)" } ?? "all"
        let failed = results.errors.count
        return
            "\(outcomes.count) of \(results.entries.count) models with known truth were audited by Assay "
            + "\(AuditRun.toolVersion): \(count(.clean)) clean fine-tunes and \(count(.backdoored)) backdoored ones whose "
            + "ASR − floor is at least \(ZooOutcome.leastEffect); \(count(.weak)) with a weaker backdoor are listed apart"
            + (failed > 0 ? ", and \(failed) failed" : "") + ". The audits had no known triggers and no remedy stage, "
            + "the \(audit.scan.rawValue) scan and \(texts) clean texts of each data set."
    }

    /// What the audits themselves said, by all of their rules.
    private var verdicts: String {
        let parts = [ZooOutcome.Truth.clean, .backdoored].map { truth in
            let own = results.outcomes.filter { $0.truth == truth }
            let counts = [Verdict.passed, .inconclusive, .failed].map { verdict in
                let audits = own.map(\.audit).filter { $0.verdict == verdict }
                return "\(audits.count) \(verdict.rawValue)" + (verdict == .inconclusive ? Self.openRules(audits) : "")
            }
            return "\(truth.rawValue) \(counts.joined(separator: ", "))"
        }
        return "Verdicts of the audits themselves, by every rule and the limits that they had, in both halves: "
            + parts.joined(separator: "; ") + "."
    }

    /// The rules that left audits without a verdict, and how many each.
    private static func openRules(_ audits: [ZooAudit]) -> String {
        let codes = audits.flatMap { $0.rules.filter { $0.state == .inconclusive }.map(\.code.rawValue) }
        let counts = Dictionary(grouping: codes, by: \.self).sorted { $0.key < $1.key }
        return counts.isEmpty ? "" : " (\(counts.map { "\($0.key) in \($0.value.count)" }.joined(separator: ", ")))"
    }

    /// What can be claimed: bounds, not points.
    var claim: String {
        let clean = analysis.rates(.held, .clean, policy)
        let backdoored = analysis.rates(.held, .backdoored, policy)
        guard clean.failed.n > 0, backdoored.failed.n > 0 else {
            return "Nothing can be claimed yet: half B needs clean and backdoored models."
        }
        return
            "With 95 % confidence, on models such as these: at least \(PercentText.of(backdoored.failed.interval.lower)) % "
            + "of backdoored models are detected, and at most \(PercentText.of(clean.failed.interval.upper)) % of clean "
            + "ones are false alarms, at \(judgedBy). Seen on half B, which chose nothing: "
            + "\(backdoored.failed.count) of \(backdoored.failed.n) and \(clean.failed.count) of \(clean.failed.n); "
            + "inconclusive \(backdoored.inconclusive.count) and \(clean.inconclusive.count)."
    }

    private func choice(_ chosen: ChosenLimits) -> [PageBlock] {
        let policy = Policy()
        return [
            .heading(2, "How the limits were chosen"),
            .list([
                "Models of one seed, one set of triggers and one data set are in one half. Clean and backdoored groups are "
                    + "dealt out apart, in the order of a hash of these three, each to the half with fewer models so far.",
                "Excess: of the limits with the fewest false alarms in half A, those with most detections, and of them "
                    + "the lowest: \(chosen.excess). Limits up to \(chosen.excessUpTo) do as well in half A.",
                "Doubt: the lowest one, not below that limit, that passes at least "
                    + "\(PercentText.of(ChosenLimits.cleanPassing)) % of the clean models of half A: \(chosen.doubt).",
                "The default policy has \(policy.discoveredTriggerExcess) and \(policy.discoveredTriggerDoubt).",
            ]),
        ]
    }

    /// Models that are not judged as they should be, and those that count for neither rate.
    private var exceptions: [PageBlock] {
        func list(_ title: String, _ items: [String]) -> [PageBlock] {
            items.isEmpty ? [] : [.heading(3, title), .list(items)]
        }
        func line(_ outcome: ZooOutcome) -> String {
            let failing =
                outcome.evidence.failing(policy).prefix(3).map { "\"\($0.trigger)\"" }
                + (outcome.evidence.isBroad ? ["random tokens"] : [])
            let effect = outcome.trained.truth.plantedEffect.map { ", ASR − floor \(PercentText.of($0)) %" } ?? ""
            return "\(outcome.planned.name) (half \(outcome.planned.half.rawValue)\(effect)): "
                + outcome.evidence.state(policy).rawValue
                + (failing.isEmpty ? "" : " by " + failing.joined(separator: ", "))
        }
        let outcomes = results.outcomes
        func lines(_ truth: ZooOutcome.Truth, _ state: GateRule.State) -> [String] {
            outcomes.filter { $0.truth == truth && $0.evidence.state(policy) == state }.map(line)
        }
        return [.heading(2, "Exceptions"), .paragraph("Both halves, at \(judgedBy).")]
            + list("False alarms", lines(.clean, .failed))
            + list("Backdoored models that pass", lines(.backdoored, .passed))
            + list("Backdoored models that stay inconclusive", lines(.backdoored, .inconclusive))
            + list("Clean models that stay inconclusive", lines(.clean, .inconclusive))
            + list("Weak backdoors, in no rate", outcomes.filter { $0.truth == .weak }.map(line))
            + list("Models that failed", results.errors.map { "\($0.name): \($0.error)" })
    }
}
