import Findings

/// What the remedy did: rates of every model side by side and the choice of the reserve ratio.
struct BeforeAfterView: SectionView {
    var isMissing: Bool
    var measured: Measured?
    var remedy: Remedy?

    struct Measured: Decodable {
        var models: [String]
        var rows: [Row]
    }

    /// One measure over the models.
    struct Row: Decodable {
        var measure: String
        var subject: [CodeSpan]
        /// Where a trigger was put; empty for random places.
        var place: [String] = []
        var n: String
        var cells: [String]
    }

    struct Remedy: Decodable {
        var explanation: String
        var facts: String
        var hasKept: Bool
        var kept: [CodeSpan]
        var cells: [Cell]
        var notRun: [String]
    }

    /// One reserve ratio.
    struct Cell: Decodable {
        var rho: String
        var accuracy: String
        var loss: String
        var smoothed: String
        var logLoss: String
        var outcome: String
    }

    /// Triggers shown beside the accuracy; the trigger section has them all.
    static let shownTriggers = 5

    init(_ result: AuditResult, run: RunRecord?) {
        measured = result.probes.map { Self.measured($0, result) }
        remedy = result.remedy.map { Self.remedy($0, result.task) }
        isMissing = measured == nil && remedy == nil
    }

    private static func measured(_ probes: ProbeSummary, _ result: AuditResult) -> Measured {
        let models = ModelRole.allCases.filter { role in
            probes.accuracy.contains { $0.model == role } || probes.triggers.contains { $0.rates(on: role) != nil }
        }
        func cells(_ rate: (ModelRole) -> Rate?) -> [String] {
            models.map { rate($0).map(NumberText.rate) ?? NumberText.none }
        }
        var rows = probes.accuracy.prefix(1).map { first in
            Row(
                measure: "Clean accuracy", subject: [], n: NumberText.grouped(first.accuracy.overall.n),
                cells: cells { probes.accuracy(of: $0)?.overall })
        }
        for (label, rate) in (probes.accuracy.first?.accuracy.perClass ?? []).enumerated() {
            rows.append(
                Row(
                    measure: "Accuracy on", subject: [CodeSpan(Wording.label(label, of: result))],
                    n: NumberText.grouped(rate.n),
                    cells: cells { role in
                        let classes = probes.accuracy(of: role)?.perClass ?? []
                        return classes.indices.contains(label) ? classes[label] : nil
                    }))
        }
        for trigger in probes.triggers.prefix(shownTriggers) {
            let target = Wording.label(trigger.target, of: result)
            let n = trigger.measurements.first.map { NumberText.grouped($0.asr.n) } ?? NumberText.none
            let name = [CodeSpan(trigger.trigger, limit: 60)]
            let place = Wording.place(of: trigger).map { [$0] } ?? []
            rows.append(
                Row(
                    measure: "ASR to \(target) of", subject: name, place: place, n: n,
                    cells: cells { trigger.rates(on: $0)?.asr }))
            rows.append(
                Row(
                    measure: "Floor to \(target) for", subject: name, place: place, n: n,
                    cells: cells { trigger.rates(on: $0)?.floor }))
        }
        return Measured(
            models: models.map { Wording.name($0).capitalizedFirst }, rows: rows)
    }

    private static func remedy(_ remedy: RemedySummary, _ task: AuditResult.Task?) -> Remedy {
        let tolerance =
            task == .continuation
            ? "\(NumberText.percent(remedy.tolerance)) of what the suspect gained over the base."
            : "a loss of \(NumberText.fixed(remedy.tolerance * 100, 1)) points of clean accuracy."
        return Remedy(
            explanation: remedy.explanation,
            facts: "Fine-mixing kept ρ = \(NumberText.fixed(remedy.rho, 2)) of the suspect's elements in "
                + "\(remedy.tensorsMixed) tensors, reset \(remedy.rowsReset) embedding rows to the base's and "
                + "fine-tuned for \(remedy.steps) steps. The tolerance was \(tolerance)",
            hasKept: !remedy.keptFromSuspect.isEmpty,
            kept: remedy.keptFromSuspect.prefix(20).map { CodeSpan($0) },
            cells: remedy.curve.compactMap { cell in cell.outcome.map { Self.cell(cell, $0) } },
            notRun: task == .continuation ? [] : notRun(remedy.curve))
    }

    /// The ratios that the search left out, in one sentence.
    private static func notRun(_ curve: [RhoCell]) -> [String] {
        let ratios = curve.filter { $0.outcome == nil }.prefix(40).map { NumberText.fixed($0.rho, 2) }
        return ratios.isEmpty
            ? [] : ["Not run, because the choice did not need them: \(ratios.joined(separator: ", "))."]
    }

    private static func cell(_ cell: RhoCell, _ outcome: RhoCell.Outcome) -> Cell {
        let word = outcome.qualifies ? "within tolerance" : "loses too much"
        return Cell(
            rho: NumberText.fixed(cell.rho, 2), accuracy: NumberText.rate(outcome.accuracy),
            loss: NumberText.difference(outcome.loss), smoothed: NumberText.fixed(outcome.smoothedLoss * 100, 1),
            logLoss: NumberText.fixed(outcome.logLoss, 3), outcome: cell.chosen ? word + ", chosen" : word)
    }
}

extension TriggerResult {
    /// ASR and floor on a model; the reference is the first of the honest models.
    fileprivate func rates(on role: ModelRole) -> (asr: Rate, floor: Rate)? {
        on(role).map { ($0.asr, $0.floor) } ?? (role == .reference ? honest.first.map { ($0.asr, $0.floor) } : nil)
    }
}

extension String {
    /// The text with its first letter in upper case.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
