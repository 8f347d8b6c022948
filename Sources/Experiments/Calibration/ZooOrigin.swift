import Audit
import Checkpoints
import Kernels

/// How a zoo was made: commands, settings, seeds, hashes, machines.
struct ZooOrigin {
    let results: ZooResults

    var blocks: [PageBlock] {
        let config = results.config
        let weights = results.base.digests.map { "\($0.name) \($0.sha256.prefix(16))…" }
        let millions = Double(results.base.parameterCount) / 1e6
        return [
            .heading(2, "How it was made"),
            .list(
                [
                    results.command,
                    "\(results.configDigest.name), SHA-256 \(results.configDigest.sha256.prefix(16))…",
                    "base \(config.baseName), \(DecimalText.of(millions, places: 1)) million parameters: "
                        + weights.joined(separator: ", "),
                    "matrix products in \(config.precision.rawValue); audit with seed \(config.audit.seed), "
                        + "fine-tuning of \(config.audit.epochs) epochs at learning rate "
                        + "\(config.audit.learningRate), batches of \(config.audit.batchSize)",
                ] + results.setups.flatMap(texts) + [models, cost] + results.machines),
            .paragraph(
                "Every model with its seeds, planted ASR and verdict is in calibration.csv and, with all that is needed to "
                    + "judge it under other limits, in a file of its own in the folder zoo."),
        ]
    }

    private func texts(_ setup: TaskSetup) -> [String] {
        [("train", setup.data.train), ("clean", setup.data.clean), ("test", setup.data.test)].map { purpose, texts in
            let summary = texts.summary
            return
                "\(setup.config.name), \(purpose): \(summary.used.grouped) texts of \(summary.file.name), "
                + "\(summary.rows.grouped) rows (SHA-256 \(summary.file.sha256.prefix(16))…), at most "
                + "\(setup.maxLength) tokens"
        }
    }

    /// Seeds and learning rates of the whole zoo.
    private var models: String {
        let models = results.entries.map(\.planned.model)
        let seeds = Set(models.map(\.seed)).sorted().map(String.init)
        let rates = Set(models.map(\.training.learningRate)).sorted().map { "\($0)" }
        let epochs = Set(models.map(\.training.epochs)).sorted().map(String.init)
        return
            "models: seeds \(seeds.joined(separator: ", ")); learning rates \(rates.joined(separator: ", ")); epochs "
            + epochs.joined(separator: ", ")
    }

    /// Time that was spent.
    private var cost: String {
        let outcomes = results.outcomes
        let training = outcomes.reduce(0) { $0 + $1.trained.seconds }
        let audits = outcomes.reduce(0) { $0 + $1.audit.seconds }
        return "\(DurationText.of(training)) of training and \(DurationText.of(audits)) of audits, "
            + "\(DurationText.of(audits / Double(max(1, outcomes.count)))) an audit"
    }
}
