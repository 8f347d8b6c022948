import Audit
import Checkpoints
import Datasets
import Files
import Lab
import Tokenizers
import Transformers

/// A task with its files read, checked against the base before anything is trained.
struct TaskSetup: Sendable {
    let config: TaskConfig
    let base: BaseModel
    let data: TaskData
    /// Tokens of one text.
    let maxLength: Int

    /// - Throws: `AuditError` that names the task.
    init(_ config: TaskConfig, base: BaseModel, folder: String) throws {
        self.config = config
        self.base = base
        data = try TaskData(config, folder: folder)
        let labels = (0..<data.labels).map { "LABEL_\($0)" }
        let source = try ClassifierSource(base: base.folder, labels: labels, seed: 0)
        try source.architecture.check(base.tokenizer, folder: base.folder.path)
        maxLength = config.maxLength ?? source.architecture.defaultMaxLength(base.tokenizer)
        guard maxLength <= source.architecture.maxPositions else {
            throw AuditError(
                usage: "task \(config.name): max-length \(maxLength) is more than the model's "
                    + "\(source.architecture.maxPositions) positions")
        }
        for attack in config.attacks {
            do throws(LabError) {
                _ = try attack.plan.check(base.tokenizer, labels: data.labels)
            } catch {
                throw AuditError(usage: "task \(config.name), \(attack.title): \(error.description)")
            }
        }
    }

    /// Tokens of texts, as the model reads them.
    func tokens(_ rows: [LabelledText]) -> Int {
        rows.reduce(0) { $0 + base.tokenizer.encode($1.text, pair: $1.pair, maxLength: maxLength).ids.count }
    }

    /// Where an experiment on this task falls short of the whole data and grid, a phrase each.
    var reductions: [String] {
        var notes: [String] = []
        func limited(_ texts: TaskTexts, _ what: String) {
            guard texts.summary.isLimited else { return }
            notes.append("\(texts.summary.used) of \(texts.summary.rows - texts.summary.duplicates) \(what) texts")
        }
        limited(data.train, "training")
        limited(data.clean, "clean")
        limited(data.test, "test")
        if config.maxLength != nil { notes.append("texts cut to \(maxLength) tokens") }
        let fixed = config.fixedRho.sorted { $0.key.rawValue < $1.key.rawValue }
        if Set(fixed.map(\.value)).count == 1, let ratio = fixed.first?.value {
            notes.append("ρ fixed at \(ratio)")
        } else {
            notes += fixed.map { "ρ of \($0.key.rawValue) fixed at \($0.value)" }
        }
        if let grid = config.remedy.rho,
            config.remedies.contains(where: { config.fixedRho[$0] == nil && $0 != .fineTuning })
        {
            notes.append("ρ chosen from \(grid.map { "\($0)" }.joined(separator: ", "))")
        }
        notes.append(config.seeds.count == 1 ? "one seed" : "\(config.seeds.count) seeds")
        return notes + (config.reduction.map { [$0] } ?? [])
    }
}
