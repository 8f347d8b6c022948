import Audit
import Files
import Kernels

extension ExperimentConfig {
    private static let keys = [
        "base", "base-name", "precision", "training", "remedy", "remedies", "epur", "target", "seeds", "attacks",
        "tasks",
    ]

    /// Reads a table's file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: name of the file, for errors.
    /// - Throws: `AuditError` with the line of what is unknown, missing, of a wrong type or impossible.
    init(yaml text: String, file: String) throws(AuditError) {
        let root = try ConfigValue.root(yaml: text, file: file, example: "samples/table.yml")
        let top = try ConfigMapping(root, what: "a table", known: Self.keys)
        self.file = file
        base = try top.required("base").text()
        baseName = try top["base-name"]?.text() ?? base.split(separator: "/").last.map(String.init) ?? base
        precision = .f32
        if let value = top["precision"] {
            guard let known = Precision(rawValue: try value.text()) else {
                throw value.refusal(
                    "\"precision\" must be \(Precision.allCases.map(\.rawValue).joined(separator: " or "))")
            }
            precision = known
        }
        tasks = []
        let common = try TaskDefaults(top)
        for value in try top.required("tasks").list() {
            let task = try TaskConfig(value, common)
            guard !tasks.contains(where: { $0.name == task.name }) else {
                throw value.refusal("there are two tasks \"\(task.name)\"; rename one")
            }
            tasks.append(task)
        }
    }
}

/// What tasks share unless they say otherwise.
struct TaskDefaults {
    var training = TrainingConfig()
    var remedy = RemedyConfig()
    let remedies: [RemedyMethod]?
    let epur: [Bool]
    let target: Int
    let seeds: [UInt64]
    let attacks: ConfigValue?

    init(_ top: ConfigMapping) throws(AuditError) {
        if let value = top["training"] { training = try TrainingConfig(value) }
        if let value = top["remedy"] { remedy = try RemedyConfig(value) }
        remedies = try top["remedies"]?.remedies()
        epur = try top["epur"]?.switches() ?? [false, true]
        target = try top["target"]?.integer(0...9_999) ?? 1
        seeds = try top["seeds"]?.seeds() ?? [1]
        attacks = top["attacks"]
    }
}

extension TrainingConfig {
    fileprivate init(_ value: ConfigValue) throws(AuditError) {
        let mapping = try ConfigMapping(value, what: "training", known: ["epochs", "lr", "batch"])
        if let value = mapping["epochs"] { epochs = try value.integer(1...1_000) }
        if let value = mapping["lr"] { learningRate = try value.learningRate() }
        if let value = mapping["batch"] { batchSize = try value.integer(1...4_096) }
    }
}

extension RemedyConfig {
    fileprivate init(_ value: ConfigValue) throws(AuditError) {
        let mapping = try ConfigMapping(
            value, what: "remedy", known: ["texts", "epochs", "lr", "batch", "tolerance", "rho", "rho-curve"])
        if let value = mapping["texts"] { texts = try value.integer(6...1_000_000) }
        if let value = mapping["epochs"] { epochs = try value.integer(1...1_000) }
        if let value = mapping["lr"] { learningRate = try value.learningRate() }
        if let value = mapping["batch"] { batchSize = try value.integer(1...4_096) }
        if let value = mapping["tolerance"] { tolerance = try value.number(0...1) }
        rho = try mapping["rho"]?.list { entry throws(AuditError) in try entry.number(0...1) }.sorted()
        wholeCurve = try mapping["rho-curve"]?.isOn() ?? false
    }
}
