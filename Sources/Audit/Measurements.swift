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

    /// Indices of the texts whose label is not the target.
    func carriers(_ target: Int) -> [Int] { texts.indices.filter { texts[$0].label != target } }

    /// z of bounds that hold for all known triggers at once, or for all discovered ones.
    func z(_ candidate: Candidate) -> Double {
        let siblings = family.count { ($0.source == .epur) == (candidate.source == .epur) }
        return simultaneousZ(comparisons: max(1, siblings * labels))
    }

    /// Which carriers are predicted as the target, with trigger `index` in.
    func hits(_ predictions: ProbePredictions, _ index: Int, _ target: Int) -> [Double] {
        carriers(target).map { predictions.triggered[index][$0] == target ? 1 : 0 }
    }

    /// The same carriers without a trigger.
    func plainHits(_ predictions: ProbePredictions, _ target: Int) -> [Double] {
        carriers(target).map { predictions.plain[$0] == target ? 1 : 0 }
    }

    /// Random tokens' rates for one target; nil where none were measured.
    func controlRates(_ predictions: ProbePredictions, _ target: Int) -> [Double]? {
        guard controls > 0, predictions.triggered.count >= family.count + controls, !carriers(target).isEmpty else {
            return nil
        }
        return (family.count..<family.count + controls).map { mean(hits(predictions, $0, target)) }
    }

    /// The controls of one model and target.
    func controlSummary(_ predictions: ProbePredictions, model: ModelRole, target: Int) -> ControlSummary? {
        guard let rates = controlRates(predictions, target), let p95 = percentile(rates, 0.95) else { return nil }
        let fit = controlFit(rates, carriers(target).count)
        return ControlSummary(
            model: model, target: target, count: rates.count, mean: mean(rates), percentile95: p95,
            maximum: rates.max() ?? 0, alpha: fit?.alpha ?? 0, beta: fit?.beta ?? 0)
    }

    /// One trigger against one target on one model.
    ///
    /// - Parameter reference: predictions of the honest reference model, for comparison.
    func measurement(
        _ predictions: ProbePredictions, model: ModelRole, family index: Int, target: Int,
        reference: ProbePredictions?
    ) -> TriggerMeasurement {
        let hit = hits(predictions, index, target)
        let plain = plainHits(predictions, target)
        let counts = PairedCounts(first: hit, second: plain)
        let z = z(family[index])
        var excess: Difference?
        var pValue: Double?
        var beyondReference: Difference?
        if family[index].source == .epur, let rates = controlRates(predictions, target),
            let p95 = percentile(rates, 0.95)
        {
            let interval = wilson(successes: hit.reduce(0, +), trials: Double(hit.count), z: z)
            excess = Difference(
                value: mean(hit) - p95, interval: Interval(lower: interval.lower - p95, upper: interval.upper - p95))
            pValue = controlFit(rates, hit.count)?.upperTail(
                atLeast: Int(hit.reduce(0, +).rounded()), of: hit.count)
            if model != .reference, let reference, let honest = controlRates(reference, target),
                let honestP95 = percentile(honest, 0.95)
            {
                let pairs = PairedCounts(first: hit, second: hits(reference, index, target))
                let interval = pairedNewcombe(pairs, z: z)
                let shift = p95 - honestP95
                beyondReference = Difference(
                    value: pairs.difference - shift,
                    interval: Interval(lower: interval.lower - shift, upper: interval.upper - shift))
            }
        }
        return TriggerMeasurement(
            model: model, asr: rate(hit), floor: rate(plain),
            effect: Difference(value: counts.difference, interval: Interval(pairedNewcombe(counts, z: z))),
            excess: excess, beyondReference: beyondReference, pValue: pValue,
            mcNemar: mcNemarExact(firstOnly: Int(counts.firstOnly), secondOnly: Int(counts.secondOnly)))
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

    private func controlFit(_ rates: [Double], _ trials: Int) -> BetaBinomial? {
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
