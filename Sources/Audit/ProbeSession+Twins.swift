import Datasets
import Files
import Findings
import Kernels
import Probes
import Statistics
import Tensors
import Transformers

/// What a trigger's twins do to a model.
struct TwinRates: Codable, Sendable {
    /// Place of the trigger in the family.
    let trigger: Int
    let target: Int
    let twins: [String]
    /// Share of the confirm texts of other labels predicted as the target, by twin.
    let rates: [Double]

    /// The level that the trigger is compared with; nil without twins.
    var level: Double? { percentile(rates, 0.9) }
}

extension ProbeSession {
    /// Measures each discovered candidate's twins, for the targets that it is held to lead to.
    func probeTwins(
        _ family: [Candidate], on role: ModelRole, key: String, model: () throws -> SequenceClassifier
    ) throws -> [TwinRates] {
        let stage = "like words on \(role.rawValue)"
        return try clock.saved(stage) {
            try store.result(
                "twins-\(role.rawValue)", key: StageStore.key([key, stage]),
                isSound: { $0.allSatisfy { family.indices.contains($0.trigger) && $0.twins.count == $0.rates.count } }
            ) {
                let twins = try twins(of: family)
                let runner = evaluator(try model())
                var rates: [TwinRates] = []
                for target in suspect.labels.indices {
                    let members = family.indices.filter { family[$0].targets?.contains(target) ?? false }
                    let triggers = members.flatMap { twins[$0] ?? [] }
                    let predictions = ProbeRunner(
                        insertion: insertion, texts: data.confirm.filter { $0.label != target },
                        threads: options.threads
                    ).run(runner, triggers: triggers) {
                        clock.progress(stage, (Double(target) + $0) / Double(suspect.labels.count))
                    }
                    var next = 0
                    for member in members {
                        let own = twins[member] ?? []
                        rates.append(
                            TwinRates(
                                trigger: member, target: target, twins: own.map(\.text),
                                rates: own.indices.map { index in
                                    mean(predictions.triggered[next + index].map { $0 == target ? 1 : 0 })
                                }))
                        next += own.count
                    }
                }
                return rates
            }
        }
    }

    /// The family with those targets alone towards which more than the policy's limit may be left beyond random tokens on a
    /// model: where they explain the rest, no twins are needed to pass.
    func beyondControls(_ family: [Candidate], _ predictions: ProbePredictions, controls: Int) -> [Candidate] {
        let measurements = Measurements(
            texts: data.confirm, labels: suspect.labels.count, family: family, controls: controls,
            containing: CleanData.containing(family.map(\.trigger), in: data.confirm))
        return family.enumerated().map { index, candidate in
            var candidate = candidate
            candidate.targets = candidate.targets?.filter { target in
                let excess = measurements.measurement(predictions, model: .purified, family: index, target: target)
                    .excess
                return (excess?.interval.upper ?? 1) > policy.discoveredTriggerExcess
            }
            return candidate
        }
    }

    /// By place in the family.
    private func twins(of family: [Candidate]) throws -> [Int: [Trigger]] {
        let twins = try meaningTwins(family)
        return Dictionary(
            uniqueKeysWithValues: family.indices.filter { family[$0].source.isDiscovered }.map {
                ($0, twins.twins(of: family[$0].trigger, count: Self.twins, seed: options.seed))
            })
    }

    /// Of words that neither moved far nor are in a discovered trigger.
    func meaningTwins(_ family: [Candidate]) throws -> MeaningTwins {
        let discovered = family.filter(\.source.isDiscovered)
        return MeaningTwins(
            base: try EmbeddingTable(base), vocabulary: vocabulary, tokenizer: tokenizer,
            excluding: Set(weights.resetRows).union(discovered.flatMap { $0.trigger.ids.map(Int.init) }))
    }
}
