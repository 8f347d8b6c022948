import Datasets
import Files
import Findings
import Forensics
import Probes
import Statistics
import Tokenizers
import Transformers

extension ProbeSession {
    /// Random tokens that a trigger's activations are compared with.
    static let signalControls = 24
    /// Share of clean texts that exceed the limit of a score.
    static let cleanExceedance = 0.05
    /// Ordered pairs of labels whose perturbation is searched for; those with most texts are taken.
    static let labelPairs = 12

    /// The checks beside the rates; nil unless they were asked for.
    func signals(_ family: [Candidate], _ controls: [Trigger], key: String) throws -> SignalSummary? {
        guard options.signals else { return nil }
        return try clock.saved("further checks") {
            try store.result("signals", key: StageStore.key([key, "signals"])) {
                let model = try suspect.load()
                let activations = try activationSignals(model, family, controls)
                clock.progress("further checks", 0.5, "perturbing weights")
                let reference = try referenceModel("further checks")
                return SignalSummary(
                    activations: activations, perturbations: perturbationSignals(model, reference))
            }
        }
    }

    private func activationSignals(
        _ model: SequenceClassifier, _ family: [Candidate], _ controls: [Trigger]
    ) throws -> [ActivationSignal] {
        let directions = try DeltaDirections(
            PairedWeights(suspect: suspect, base: base, resetRows: nil), workers: workers)
        // One half of the texts gives mean and deviation, the other one the limit.
        let halves = Dictionary(grouping: data.discover.indices) { $0 % 2 }.mapValues { $0.map { data.discover[$0] } }
        guard let first = halves[0], let second = halves[1], first.count > 1 else { return [] }
        let scores = ActivationScores(
            model, directions: directions, clean: first.map(insertion.plain), workers: workers)
        guard let limit = percentile(scores.scores(second.map(insertion.plain)), 1 - Self.cleanExceedance) else {
            return []
        }
        func beyond(_ trigger: Trigger) -> [Double] {
            scores.scores(data.confirm.map { insertion.insert(trigger, into: $0) }).map { $0 > limit ? 1 : 0 }
        }
        let random = controls.prefix(Self.signalControls).enumerated().map { index, control in
            clock.progress("further checks", 0.25 * Double(index) / Double(Self.signalControls), "activations")
            return mean(beyond(control))
        }
        let level = percentile(random, 0.95) ?? 0
        return family.enumerated().map { index, candidate in
            clock.progress("further checks", 0.25 + 0.25 * Double(index) / Double(family.count), "activations")
            let share = rate(beyond(candidate.trigger))
            return ActivationSignal(
                trigger: candidate.trigger.text, share: share, limit: limit,
                excess: Difference(
                    value: share.value - level,
                    interval: Interval(lower: share.interval.lower - level, upper: share.interval.upper - level)))
        }
    }

    private func perturbationSignals(
        _ model: SequenceClassifier, _ reference: SequenceClassifier
    ) -> [PerturbationSignal] {
        let texts = Dictionary(grouping: data.discover + data.dev, by: \.label)
        let enough = PerturbationSearch.learnt / 2
        let pairs = suspect.labels.indices.flatMap { source in
            suspect.labels.indices.filter { $0 != source }.map { (source: source, target: $0) }
        }.filter { texts[$0.source, default: []].count >= 2 * enough }
        let largest = pairs.sorted { texts[$0.source, default: []].count > texts[$1.source, default: []].count }
        let (onSuspect, onReference) = (
            PerturbationSearch(model, workers: workers, precision: options.precision),
            PerturbationSearch(reference, workers: workers, precision: options.precision)
        )
        return largest.prefix(Self.labelPairs).compactMap { source, target in
            let encoded = texts[source, default: []].map(insertion.plain)
            let cut = min(PerturbationSearch.learnt, encoded.count / 2)
            let (learning, held) = (Array(encoded[..<cut]), Array(encoded[cut...]))
            let suspect = onSuspect.size(towards: target, learning: learning, measuring: held)
            let reference = onReference.size(towards: target, learning: learning, measuring: held)
            // There is nothing to turn where a model gives every text the target anyway.
            guard suspect != 0, reference != 0 else { return nil }
            return PerturbationSignal(
                source: source, target: target, learnt: cut, measured: held.count, suspect: suspect,
                reference: reference, largest: PerturbationSearch.sizes.last ?? 0)
        }
    }
}
