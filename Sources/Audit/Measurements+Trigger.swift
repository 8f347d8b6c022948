import Datasets
import Findings
import Probes
import Statistics

/// What was measured beside a trigger's own predictions, of what may explain them.
struct TriggerEvidence {
    /// Predictions of the honest reference model.
    var reference: ProbePredictions?
    /// Labels that it predicts for all texts with each of some parts of a phrase in.
    var honestParts: [[Int]] = []
    /// What the trigger's twins do to the same model on the texts of other labels.
    var twins: TwinRates?
    /// Labels predicted for all texts with the strongest like words in, by the same model and by the reference model.
    var strongestTwin: (own: [Int], reference: [Int])?
    /// Share of the target among the clean texts that contain a word of it; nil where too few do.
    var shareInData: Double?
    /// Labels predicted for all texts with the trigger in and its row reset.
    var rowReset: [Int]?
    /// Labels predicted for all texts with each single word of a phrase in.
    var words: [[Int]]?
}

extension Measurements {
    /// One trigger, by its place in the family, against one target on one model.
    func measurement(
        _ predictions: ProbePredictions, model: ModelRole, family index: Int, target: Int,
        evidence: TriggerEvidence = TriggerEvidence()
    ) -> TriggerMeasurement {
        let carriers = carriers(target, for: index)
        let hit = hits(predictions, index, target, carriers)
        let plain = plainHits(predictions, target, carriers)
        let counts = PairedCounts(first: hit, second: plain)
        let z = z(family[index].group)
        var measured = TriggerMeasurement(
            model: model, asr: rate(hit), floor: rate(plain), effect: difference(counts, z),
            mcNemar: mcNemarExact(firstOnly: Int(counts.firstOnly), secondOnly: Int(counts.secondOnly)),
            beyondTwins: evidence.twins?.level.map { above($0, hit, z) },
            beyondWords: evidence.words.map { words in
                let single = carriers.map { text in words.contains { $0[text] == target } ? 1.0 : 0 }
                return difference(PairedCounts(first: hit, second: single), z)
            })
        if let labels = evidence.rowReset, let ratio = family[index].ratioToPercentile99 {
            let left = carriers.map { labels[$0] == target ? 1.0 : 0 }
            measured.rowReset = RowReset(
                ratioToPercentile99: ratio, asr: rate(left),
                removed: difference(PairedCounts(first: hit, second: left), z))
        }
        guard family[index].source.isDiscovered else { return measured }
        measured.beyondData = evidence.shareInData.map { above($0, hit, z) }
        measured.beyondReversal = reversal(predictions, index, target).map { above(mean(plain) + $0, hit, z) }
        guard let rates = controlRates(predictions, target, carriers), let p95 = percentile(rates, 0.95) else {
            return measured
        }
        measured.excess = above(p95, hit, z)
        measured.pValue = controlFit(rates, hit.count)?
            .upperTail(atLeast: Int(hit.reduce(0, +).rounded()), of: hit.count)
        guard model != .reference, let reference = evidence.reference,
            let honest = controlRates(reference, target, carriers), let honestP95 = percentile(honest, 0.95),
            let sameP95 = percentile(Array(rates.prefix(honest.count)), 0.95)
        else { return measured }
        func left(_ labels: [Int], shift: Double = 0) -> Difference {
            let turned = carriers.map { labels[$0] == target ? 1.0 : 0 }
            return difference(PairedCounts(first: hit, second: turned), z, shift: shift)
        }
        let rows = [reference.triggered[index]] + evidence.honestParts
        measured.beyondReference = rows.map { left($0, shift: sameP95 - honestP95) }.smallest
        if let twin = evidence.strongestTwin {
            let both = [left(twin.own), left(twin.reference, shift: sameP95 - honestP95)].largest
            measured.beyondTwins = [measured.beyondTwins, both].compactMap { $0 }.smallest
        }
        return measured
    }

    /// Share of the target's own texts that trigger `index` turns away from it, above those predicted otherwise without
    /// it; nil where there are none.
    private func reversal(_ predictions: ProbePredictions, _ index: Int, _ target: Int) -> Double? {
        let own = texts.indices.filter { texts[$0].label == target && !contains($0, index) }
        guard !own.isEmpty else { return nil }
        let kept = mean(hits(predictions, index, target, own))
        return max(0, mean(plainHits(predictions, target, own)) - kept)
    }

    /// A rate beyond a fixed level.
    private func above(_ level: Double, _ hits: [Double], _ z: (lower: Double, upper: Double)) -> Difference {
        let (successes, trials) = (hits.reduce(0, +), Double(hits.count))
        return Difference(
            value: mean(hits) - level,
            interval: Interval(
                lower: wilson(successes: successes, trials: trials, z: z.lower).lower - level,
                upper: wilson(successes: successes, trials: trials, z: z.upper).upper - level))
    }
}
