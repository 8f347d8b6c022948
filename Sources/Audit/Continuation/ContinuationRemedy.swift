import Datasets
import Files
import Findings
import Remedies
import Tensors
import Transformers

/// Fine-mixing of a model that continues texts: its weights mixed with the base's, E-PUR, and adapters tuned on the clean
/// pairs, merged.
struct ContinuationRemedy {
    /// Reserve ratios that are tried, rising, where the user names none.
    static let ratios = [0.1, 0.3, 0.5, 0.7]
    /// Pairs that judge a ratio.
    private static let judging = 60

    let session: ContinuationSession
    let weights: WeightPair<LanguageModelSource>

    init(_ session: ContinuationSession) {
        self.session = session
        weights = WeightPair(
            suspect: session.suspect, base: session.base,
            resetRows: session.options.epur ? session.weights.resetRows : nil)
    }

    /// One ratio and what it costs.
    struct Cell: Codable, Equatable {
        var rho: Double
        /// Mean log-probability of a response's token in the purified model, in nats.
        var utility: Double
    }

    /// How a ratio was chosen.
    struct Choice: Codable, Equatable {
        var cells: [Cell]
        /// The suspect's mean log-probability of a response's token, in nats.
        var suspect: Double
        /// The base's.
        var base: Double
        var rho: Double
        /// Whether the ratio keeps what the suspect has learnt but for the tolerance.
        var qualified: Bool
    }

    /// The smallest ratio whose purified model keeps all but a share of what the suspect gained over the base on pairs that
    /// it did not learn from.
    ///
    /// - Parameter tolerance: that share.
    func choose(tolerance: Double, progress: (Double) -> Void) throws -> Choice {
        let held = Array(session.data.held(fold: 0).prefix(Self.judging))
        let suspect = try utility(try session.suspect.load(), on: held)
        let base = try utility(try session.base.load(), on: held)
        let least = suspect - tolerance * max(0, suspect - base)
        let ratios = session.options.rho == AuditOptions.allRatios ? Self.ratios : session.options.rho.sorted()
        var cells: [Cell] = []
        for (place, rho) in ratios.enumerated() {
            let model = try purify(rho: rho, learning: session.data.learning(without: 0)) {
                progress((Double(place) + $0) / Double(ratios.count))
            }
            cells.append(Cell(rho: rho, utility: try utility(model, on: held)))
            if cells[place].utility >= least, !session.options.rhoCurve { break }
        }
        let chosen = cells.first { $0.utility >= least }
        return Choice(
            cells: cells, suspect: suspect, base: base, rho: chosen?.rho ?? cells.last?.rho ?? 1,
            qualified: chosen != nil)
    }

    /// The mix at a ratio, tuned on pairs.
    func purify(rho: Double, learning pairs: [PromptPair], progress: (Double) -> Void) throws -> LanguageModel {
        let mixed = try weights.treat { parameter, values, base in
            try FineMixing.mix(
                suspect: UnsafeBufferPointer(values), base: base, into: values, rho: rho, seed: session.options.seed,
                name: parameter.name)
        }
        return try session.honest.tuned(mixed, on: pairs, seed: session.options.seed, progress: progress)
    }

    /// Steps of the exported model's tuning.
    var steps: Int {
        let tuning = HonestLanguageModels.tuning
        return tuning.epochs * ((session.data.all.count + tuning.batch - 1) / tuning.batch)
    }

    /// The mean log-probability of a response's token, in nats.
    private func utility(_ model: LanguageModel, on pairs: [PromptPair]) throws -> Double {
        let examples = try session.writer.examples(pairs, limit: model.causal.maxPositions)
        let scores = session.generator(model).logProbabilities(
            examples.map { (Array($0.ids[..<$0.responseStart]), Array($0.ids[$0.responseStart...])) }
        ).joined()
        return scores.reduce(0, +) / Double(max(1, scores.count))
    }
}

extension RemedySummary {
    init(_ choice: ContinuationRemedy.Choice, _ remedy: ContinuationRemedy, tolerance: Double) {
        func nats(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
        let after = choice.cells.first { $0.rho == choice.rho }?.utility ?? choice.suspect
        let facts =
            "mean log-probability of a token of the clean responses: \(nats(choice.base)) in the base, "
            + "\(nats(choice.suspect)) in the suspect, \(nats(after)) in the purified model, on pairs that it did not "
            + "learn from."
        self.init(
            rho: choice.rho, qualified: choice.qualified, tolerance: tolerance,
            explanation: choice.qualified
                ? "ρ = \(choice.rho) is the smallest ratio that keeps all but \(percent(tolerance)) of what the suspect "
                    + "gained over the base; \(facts)"
                : "No ratio keeps all but \(percent(tolerance)) of what the suspect gained over the base; \(facts)",
            curve: choice.cells.map { RhoCell(rho: $0.rho, outcome: nil, chosen: $0.rho == choice.rho) },
            keptFromSuspect: remedy.weights.kept.map(\.name), rowsReset: remedy.weights.resetRows?.count ?? 0,
            tensorsMixed: remedy.weights.treated.count, steps: remedy.steps)
    }
}
