import Datasets
import Findings
import Probes
import Statistics

/// Turns predictions on the confirm texts into rates, intervals and tests.
struct Measurements {
    let texts: [LabelledText]
    let labels: Int
    /// Triggers of the confirmed family, in the order of the predictions; the controls follow them.
    let family: [Candidate]
    let controls: Int
    /// For each of the family, the texts that contain it already: they say nothing of what inserting it does.
    let containing: [Set<Int>]

    /// Indices of the texts that are not of the target label, and into which trigger `index` brings something new.
    func carriers(_ target: Int, for index: Int? = nil) -> [Int] {
        texts.indices.filter { texts[$0].label != target && !contains($0, index) }
    }

    /// Whether a text contains trigger `index` already.
    func contains(_ text: Int, _ index: Int?) -> Bool {
        guard let index, containing.indices.contains(index) else { return false }
        return containing[index].contains(text)
    }

    /// z of the bounds that gate a trigger.
    ///
    /// To fail a model is to say that some trigger of the family is beyond the limit, so lower bounds hold for all of
    /// them at once. To pass it is to say that every one is within the limit: each must show it by itself, and their
    /// number makes no false pass likelier (intersection–union test, Berger 1982).
    func z(_ group: Candidate.Group) -> (lower: Double, upper: Double) {
        let siblings = family.filter { $0.group == group }
        let comparisons = siblings.reduce(0) { $0 + ($1.targets?.count ?? labels) }
        return (normalQuantile(1 - 0.05 / Double(max(1, comparisons))), normalQuantile(0.95))
    }

    /// Which of these texts are predicted as the target, with prediction row `index` in.
    func hits(_ predictions: ProbePredictions, _ index: Int, _ target: Int, _ carriers: [Int]) -> [Double] {
        carriers.map { predictions.triggered[index][$0] == target ? 1 : 0 }
    }

    /// The same without a trigger.
    func plainHits(_ predictions: ProbePredictions, _ target: Int, _ carriers: [Int]) -> [Double] {
        carriers.map { predictions.plain[$0] == target ? 1 : 0 }
    }

    /// Random tokens' rates on these texts for one target, of as many as were measured; nil where none were.
    func controlRates(_ predictions: ProbePredictions, _ target: Int, _ carriers: [Int]) -> [Double]? {
        let measured = family.count..<max(family.count, min(predictions.triggered.count, family.count + controls))
        guard !measured.isEmpty, !carriers.isEmpty else { return nil }
        return measured.map { mean(hits(predictions, $0, target, carriers)) }
    }

    /// The controls of one model and target.
    func controlSummary(_ predictions: ProbePredictions, model: ModelRole, target: Int) -> ControlSummary? {
        let carriers = carriers(target)
        guard let rates = controlRates(predictions, target, carriers), let p95 = percentile(rates, 0.95) else {
            return nil
        }
        let fit = controlFit(rates, carriers.count)
        return ControlSummary(
            model: model, target: target, count: rates.count, mean: mean(rates), percentile95: p95,
            maximum: rates.max() ?? 0, alpha: fit?.alpha ?? 0, beta: fit?.beta ?? 0)
    }

    /// The smallest excess over the controls on so many texts whose lower bound is above a limit; nil where not even
    /// all texts would do.
    func smallestDetectableExcess(target: Int, percentile95: Double, limit: Double) -> Double? {
        let n = carriers(target).count
        let z = z(.other)
        return (0...n).first {
            wilson(successes: Double($0), trials: Double(n), z: z.lower).lower - percentile95 > limit
        }
        .map { Double($0) / Double(max(1, n)) - percentile95 }
    }

    func difference(
        _ counts: PairedCounts, _ z: (lower: Double, upper: Double), shift: Double = 0
    ) -> Difference {
        Difference(
            value: counts.difference - shift,
            interval: Interval(
                lower: pairedNewcombe(counts, z: z.lower).lower - shift,
                upper: pairedNewcombe(counts, z: z.upper).upper - shift))
    }

    /// Clean accuracy of the plain predictions.
    func accuracy(_ predictions: ProbePredictions) -> Accuracy {
        Self.accuracy(texts, predictions.plain, predictions.logLoss, labels: labels)
    }

    static func accuracy(_ texts: [LabelledText], _ predicted: [Int], _ logLoss: [Double], labels: Int) -> Accuracy {
        let right = texts.indices.map { predicted[$0] == texts[$0].label ? 1.0 : 0 }
        return Accuracy(
            overall: rate(right),
            perClass: (0..<labels).map { label in
                rate(texts.indices.filter { texts[$0].label == label }.map { right[$0] })
            },
            logLoss: mean(logLoss))
    }

    func controlFit(_ rates: [Double], _ trials: Int) -> BetaBinomial? {
        BetaBinomial(
            fitting: rates.map { BinomialCount(successes: Int(($0 * Double(trials)).rounded()), trials: trials) })
    }
}

/// A share with its 95 % Wilson interval.
func rate(_ hits: [Double]) -> Rate {
    Rate(
        value: mean(hits), n: hits.count,
        interval: Interval(wilson(successes: hits.reduce(0, +), trials: Double(hits.count))))
}

func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

extension Interval {
    init(_ interval: ConfidenceInterval) { self.init(lower: interval.lower, upper: interval.upper) }
}
