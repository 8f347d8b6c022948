import Audit
import Files
import Kernels

extension ZooConfig {
    private static let keys = [
        "base", "base-name", "precision", "training", "audit", "data", "clean", "backdoored",
    ]

    /// Reads a zoo's file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: name of the file, for errors.
    /// - Throws: `AuditError` with the line of what is unknown, missing, of a wrong type or impossible.
    init(yaml text: String, file: String) throws(AuditError) {
        let root = try ConfigValue.root(yaml: text, file: file, example: "samples/zoo.yml")
        let top = try ConfigMapping(root, what: "a zoo", known: Self.keys)
        self.file = file
        base = try top.required("base").text()
        baseName = try top["base-name"]?.text() ?? base.split(separator: "/").last.map(String.init) ?? base
        precision = try top["precision"]?.precision() ?? .f32
        training = try top["training"].map { value throws(AuditError) in try TrainingConfig(zoo: value) } ?? .init()
        audit = try top["audit"].map { value throws(AuditError) in try ZooAuditConfig(value) } ?? .init()
        data = []
        for value in try top.required("data").list() {
            let set = try ZooData(value)
            guard !data.contains(where: { $0.name == set.name }) else {
                throw value.refusal("there are two data sets \"\(set.name)\"; rename one")
            }
            data.append(set)
        }
        models = []
        let common = ZooGroup.Common(data: data.map(\.name), training: training)
        for key in ["clean", "backdoored"] {
            for value in try top[key]?.list() ?? [] {
                let group =
                    key == "clean" ? try ZooGroup(clean: value, common) : try ZooGroup(backdoored: value, common)
                for model in group.models {
                    guard !models.contains(where: { $0.name == model.name }) else {
                        throw value.refusal("\(model.name) is in the zoo twice; make the groups differ")
                    }
                    models.append(model)
                }
            }
        }
        guard !models.isEmpty else { throw root.refusal("there is no model; add groups under clean or backdoored") }
    }
}

extension TrainingConfig {
    init(zoo value: ConfigValue) throws(AuditError) {
        let mapping = try ConfigMapping(value, what: "training", known: ["epochs", "lr", "batch"])
        if let value = mapping["epochs"] { epochs = try value.integer(1...1_000) }
        if let value = mapping["lr"] { learningRate = try value.learningRate() }
        if let value = mapping["batch"] { batchSize = try value.integer(1...4_096) }
    }
}

extension ZooAuditConfig {
    init(_ value: ConfigValue) throws(AuditError) {
        let mapping = try ConfigMapping(
            value, what: "audit", known: ["scan", "signals", "texts", "seed", "epochs", "lr", "batch"])
        if let value = mapping["scan"] {
            guard let mode = ScanMode(rawValue: try value.text()) else {
                throw value.refusal(
                    "\"scan\" must be \(ScanMode.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            scan = mode
        }
        signals = try mapping["signals"]?.isOn() ?? false
        texts = try mapping["texts"]?.integer(24...1_000_000)
        if let value = mapping["seed"] { seed = UInt64(try value.integer(0...Int(1) << 53)) }
        if let value = mapping["epochs"] { epochs = try value.integer(1...1_000) }
        if let value = mapping["lr"] { learningRate = try value.learningRate() }
        if let value = mapping["batch"] { batchSize = try value.integer(1...4_096) }
    }
}

extension ZooData {
    private static let keys = [
        "name", "train", "clean", "test", "sample-language", "train-rows", "test-rows", "max-length",
    ]

    init(_ value: ConfigValue) throws(AuditError) {
        let mapping = try ConfigMapping(value, what: "a data set", known: Self.keys)
        let nameValue = try mapping.required("name")
        name = try nameValue.text()
        guard name.utf8.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) }) else {
            throw nameValue.refusal("a data set's name has lower-case letters, digits and hyphens only")
        }
        if let language = mapping["sample-language"] {
            guard ["train", "clean", "test"].allSatisfy({ mapping[$0] == nil }) else {
                throw language.refusal("texts come from files or from the sample language; keep one of them")
            }
            source = .sampleLanguage(seed: UInt64(try language.integer(0...Int(1) << 53)))
        } else {
            source = .files(
                train: try mapping.required("train").text(), clean: try mapping.required("clean").text(),
                test: try mapping.required("test").text())
        }
        trainRows = try mapping["train-rows"]?.integer(2...1_000_000)
        testRows = try mapping["test-rows"]?.integer(2...1_000_000)
        maxLength = try mapping["max-length"]?.integer(32...100_000)
    }
}
