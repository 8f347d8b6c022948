import Evidence
import Findings
import Statistics

/// Chooses the reserve ratio on clean dev texts alone: it is never shown an attack success rate.
struct RhoChooser {
    /// What a fine-tuned mix did on each dev text.
    struct Cell: Codable, Sendable {
        let rho: Double
        /// Per dev text: 1 where the prediction is right.
        var right: [Double]
        /// Per dev text: −log probability of the true label, in nats.
        var logLoss: [Double]
    }

    /// Accuracy that may be lost: τ.
    let tolerance: Double
    /// The suspect's own results on the dev texts.
    let suspect: Cell
    /// The suspect fine-tuned like the mixes, at ρ = 1: what fine-tuning on so few texts costs is not the mixing's
    /// doing. Nil judges by the suspect as delivered.
    var fineTuned: Cell?

    /// The outcome of each cell that was run, in rising order of ρ.
    ///
    /// Losses are smoothed to fall with ρ (isotonic regression), since keeping more of the suspect cannot cost clean
    /// accuracy on average. A ratio qualifies when its smoothed estimate is within the tolerance: a rule that asks whether a
    /// loss is *shown* takes ρ = 0 wherever texts are few, which is no mixing. It is judged by the cells up to it alone, so
    /// that a curve run to its end makes the same choice. Log-loss is reported and does not decide: fine-tuning on few texts
    /// changes it through confidence more than through errors.
    func outcomes(_ cells: [Cell]) -> [RhoCell.Outcome] {
        let losses = cells.map { mean(suspect.right) - mean($0.right) }
        let judgedLosses = cells.map { yardstick - mean($0.right) }
        let smoothLosses = falling(judgedLosses)
        return cells.indices.map { index in
            let counts = PairedCounts(first: suspect.right, second: cells[index].right)
            let soFar = falling(Array(judgedLosses[...index])).last ?? judgedLosses[index]
            return RhoCell.Outcome(
                accuracy: rate(cells[index].right), logLoss: mean(cells[index].logLoss),
                loss: Difference(value: losses[index], interval: Interval(pairedNewcombe(counts))),
                smoothedLoss: smoothLosses[index], qualifies: isWithin(soFar))
        }
    }

    /// The accuracy that losses are counted from: the suspect's as delivered or, where fine-tuning on so few texts costs
    /// more than the tolerance by itself, that of the fine-tuned suspect, since that is not the mixing's doing.
    private var yardstick: Double {
        let delivered = mean(suspect.right)
        guard let tuned = fineTuned.map({ mean($0.right) }) else { return delivered }
        return isWithin(delivered - tuned) ? delivered : tuned
    }

    /// Index of the smallest ratio that qualifies; nil when none does.
    func choose(_ cells: [Cell]) -> Int? { outcomes(cells).firstIndex(where: \.qualifies) }

    /// Whether a loss is at most the tolerance, but for rounding: 4 of 200 texts are 2 %.
    private func isWithin(_ loss: Double) -> Bool { loss <= tolerance + 1e-9 }

    private func falling(_ values: [Double]) -> [Double] { isotonicRegression(values.map { -$0 }).map { -$0 } }
}
