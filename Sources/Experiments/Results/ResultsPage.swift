import Audit
import Checkpoints
import Findings
import Kernels
import Lab

/// The page of results, for every format.
enum ResultsPage {
    static func blocks(_ results: Results) -> [PageBlock] {
        let millions = Double(results.base.parameterCount) / 1e6
        let size = "\((millions * 10).rounded() / 10) million parameters"
        let planned = results.tasks.reduce(0) { $0 + $1.plan.cells.count }
        let finished = results.tasks.reduce(0) { $0 + $1.records.values.count { $0.measured != nil } }
        let failed = results.tasks.reduce(0) { $0 + $1.records.values.count { $0.error != nil } }
        return [
            .heading(1, "Attacks and remedies on \(results.config.baseName)"),
            .paragraph(
                "Measured by Assay \(AuditRun.toolVersion) on \(results.config.baseName) (\(size)) and on the texts named "
                    + "below. This is not the setting of the Fine-mixing paper, which has BERT-base and whole data sets: no "
                    + "number here is the paper's. Every task says first where its data, grid or seeds are reduced."),
            .paragraph(
                "\(finished) of \(planned) cells are finished"
                    + (failed > 0 ? " and \(failed) failed" : "") + "; – is a cell that was not run yet."),
            .list([
                "ACC: accuracy on clean test texts, in per cent.",
                "ASR: test texts of other labels than the target that are predicted as the target with a trigger at a "
                    + "random word boundary (of a pair, in the second text), the mean over the attack's triggers.",
                "floor: the same texts predicted as the target without a trigger.",
                "ρ: the reserve ratio, chosen on clean texts alone; * where none kept the accuracy, so that the suspect "
                    + "was fine-tuned as it is.",
                "Several seeds: mean ± standard deviation. One seed: the rate with its 95 % Wilson interval.",
            ]),
        ] + results.tasks.flatMap(task) + origin(results)
    }

    private static func task(_ results: TaskResults) -> [PageBlock] {
        let (config, setup) = (results.config, results.plan.setup)
        let tables = TaskTables(results: results)
        var blocks: [PageBlock] = [
            .heading(2, config.name), .paragraph("Reduced: " + setup.reductions.joined(separator: "; ") + "."),
            .paragraph(clean(results)), .table(tables.attacks),
        ]
        if let means = tables.means {
            blocks += [.heading(3, "Mean over attacks"), .paragraph(comparison(results)), .table(means)]
        }
        blocks += [.heading(3, "Settings of \(config.name)"), .list(settings(results))]
        let errors = results.records.values.filter { $0.error != nil }.sorted { $0.cell.title < $1.cell.title }
        if !errors.isEmpty {
            blocks += [
                .heading(3, "Cells of \(config.name) that failed"),
                .list(errors.map { "\($0.cell.title): \($0.error ?? "")" }),
            ]
        }
        return blocks
    }

    /// The model without a backdoor, which attacks are to be judged by.
    private static func clean(_ results: TaskResults) -> String {
        let measured = results.finished(CellID.clean, nil).compactMap(\.measured)
        func text(_ metric: Metric) -> String {
            Spread(measured.map { metric.rate($0).value }).map { $0.text + " %" } ?? "–"
        }
        let texts = measured.first.map { " (n = \($0.accuracy.n.grouped); ASR and floor: \($0.floor.n.grouped))" } ?? ""
        return "Clean fine-tune: ACC \(text(.accuracy)), ASR of all triggers \(text(.attackSuccess)), floor "
            + "\(text(.floor))\(texts)."
    }

    private static func comparison(_ results: TaskResults) -> String {
        let means = results.means
        let best = means.dropFirst().min { $0.attackSuccess.mean < $1.attackSuccess.mean }
        return
            "Over the \(means.first?.cells ?? 0) pairs of attack and seed that are finished with every remedy. Lowest mean "
            + "ASR: "
            + (best.map { "\($0.treatment?.title ?? "") with \(PercentText.of($0.attackSuccess.mean)) %." } ?? "–.")
    }

    private static func settings(_ results: TaskResults) -> [String] {
        let (config, setup) = (results.config, results.plan.setup)
        let (training, remedy) = (config.training, config.remedy)
        let attacks = config.attacks.map { attack in
            let own = attack.training(training)
            let extra = own == training ? "" : ", \(own.epochs) epochs at learning rate \(own.learningRate)"
            return
                "\(attack.title): triggers \(attack.plan.triggers.joined(separator: ", ")); share \(attack.plan.share)"
                + extra
        }
        let texts = [("train", setup.data.train), ("clean", setup.data.clean), ("test", setup.data.test)].map {
            "\($0.0): \($0.1.summary.used.grouped) texts of \($0.1.summary.file.name), \($0.1.summary.rows.grouped) rows, "
                + "\($0.1.summary.duplicates.grouped) duplicates left out (SHA-256 \($0.1.summary.file.sha256.prefix(16))…)"
        }
        return texts + attacks + [
            "target label \(config.target), at most \(setup.maxLength) tokens, seeds "
                + config.seeds.map(String.init).joined(separator: ", "),
            "suspects: \(training.epochs) epochs, learning rate \(training.learningRate), batches of \(training.batchSize)",
            "remedies: \(remedy.epochs) epochs, learning rate \(remedy.learningRate), batches of \(remedy.batchSize), "
                + "accuracy tolerance \(remedy.tolerance)",
        ]
    }

    private static func origin(_ results: Results) -> [PageBlock] {
        let weights = results.base.digests.map { "\($0.name) \($0.sha256.prefix(16))…" }
        return [
            .heading(2, "How it was made"),
            .list(
                [
                    results.command, "\(results.configDigest.name), SHA-256 \(results.configDigest.sha256.prefix(16))…",
                    "base \(results.config.baseName): " + weights.joined(separator: ", "),
                    "matrix products in \(results.config.precision.rawValue)",
                ] + results.machines),
            .paragraph("Every cell with its interval is in table.csv and, with its whole ρ curve, in table.json."),
        ]
    }
}
