import StrictJSON

/// A LoRA adapter's `adapter_config.json`, as far as it decides what is merged.
///
/// An option that is not known here and is set is refused by name: it could change what the adapter does.
struct AdapterConfig: Sendable {
    static let fileName = "adapter_config.json"
    /// Names in one list, and bytes of one expression: each is matched with every tensor.
    private static let mostNames = 1_000
    private static let longestPattern = 512

    /// Which biases the adapter brings along.
    enum Bias: String, Sendable { case none, all, loraOnly = "lora_only" }

    /// Rank of modules without one of their own.
    let rank: Int
    /// α of modules without one of their own.
    let alpha: Double
    /// Whether the scale is α/√r instead of α/r.
    let isRankStabilized: Bool
    let bias: Bias
    /// Modules that are trained and stored whole.
    let saved: [ModulePattern]
    private let targets: ModuleSelection
    private let ranks: [(pattern: ModulePattern, value: Double)]
    private let alphas: [(pattern: ModulePattern, value: Double)]

    /// Options that say where the adapter comes from or how it was trained, not what it does.
    private static let bookkeeping: Set<String> = [
        "auto_mapping", "base_model_name_or_path", "corda_config", "ensure_weight_tying", "eva_config",
        "fan_in_fan_out", "inference_mode", "init_lora_weights", "lora_dropout", "lora_ga_config", "megatron_core",
        "peft_version", "qalora_group_size", "revision", "runtime_config", "task_type",
    ]
    private static let interpreted: Set<String> = [
        "alpha_pattern", "bias", "exclude_modules", "layers_pattern", "layers_to_transform", "lora_alpha",
        "modules_to_save", "peft_type", "r", "rank_pattern", "target_modules", "use_rslora",
    ]
    /// Ways to start that leave the base as it is.
    private static let plainStarts: Set<String> = ["gaussian", "eva", "orthogonal"]

    /// Parses and checks the file's content.
    init(parsing bytes: [UInt8]) throws(CheckpointError) {
        let json = try ConfigReader.object(parsing: bytes, file: Self.fileName)
        let reader = ConfigReader(json: json, file: Self.fileName)
        let kind = try reader.string("peft_type", default: nil)
        guard kind == "LORA" else {
            throw Self.unsupported("adapters of type \(CheckpointError.quote(kind)) are not supported, only LORA is")
        }
        for member in json.members
        where !Self.interpreted.contains(member.key) && !Self.bookkeeping.contains(member.key) {
            guard Self.isUnset(member.value) else {
                throw Self.unsupported("its option \(CheckpointError.quote(member.key)) is not supported")
            }
        }
        if let start = json["init_lora_weights"]?.stringValue, !Self.plainStarts.contains(start) {
            throw Self.unsupported(
                "it starts by \(CheckpointError.quote(start)), which changes the base's weights when it is loaded")
        }
        rank = try reader.integer("r", in: 1...100_000, default: 8)
        alpha = try reader.number("lora_alpha", in: -1e6...1e6, default: 8)
        isRankStabilized = try reader.bool("use_rslora", default: false)
        let bias = try reader.string("bias", default: "none")
        guard let known = Bias(rawValue: bias) else {
            throw Self.unsupported("its bias is \(CheckpointError.quote(bias)), not none, all or lora_only")
        }
        self.bias = known
        saved = try Self.texts(json["modules_to_save"], "modules_to_save").map { name throws(CheckpointError) in
            try Self.pattern("(^|.*\\.)\(name)($|\\..*)")
        }
        targets = try ModuleSelection(json)
        ranks = try Self.numbers(json["rank_pattern"], "rank_pattern", in: 1...100_000)
        alphas = try Self.numbers(json["alpha_pattern"], "alpha_pattern", in: -1e6...1e6)
    }

    /// Whether PEFT would put LoRA on this module.
    func targets(_ module: String) -> Bool { targets.contains(module) && !isSaved(module) }

    /// Whether this module, or one that it lies in, is stored whole.
    func isSaved(_ module: String) -> Bool { saved.contains { $0.matches(module) } }

    /// Rank of a module.
    func rank(of module: String) -> Double {
        ranks.first { $0.pattern.matchesTail(of: module) }?.value ?? Double(rank)
    }

    /// What B·A is multiplied with in a module.
    func scale(of module: String) -> Float {
        let alpha = alphas.first { $0.pattern.matchesTail(of: module) }?.value ?? alpha
        let rank = rank(of: module)
        return Float(isRankStabilized ? alpha / rank.squareRoot() : alpha / rank)
    }

    /// Whether an option has a value that switches nothing on.
    private static func isUnset(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false): true
        case .array(let elements): elements.isEmpty
        case .object(let object): object.count == 0
        default: false
        }
    }

    private static func numbers(
        _ value: JSONValue?, _ key: String, in allowed: ClosedRange<Double>
    ) throws(CheckpointError) -> [(pattern: ModulePattern, value: Double)] {
        guard let value, !value.isNull else { return [] }
        guard let members = value.objectValue?.members else { throw malformed(key) }
        var numbers: [(pattern: ModulePattern, value: Double)] = []
        for member in members {
            let number = member.value.doubleValue
            guard let number, allowed.contains(number), key != "rank_pattern" || number == number.rounded() else {
                throw malformed(key)
            }
            numbers.append((try pattern("(\(member.key))$"), number))
        }
        return numbers
    }

    static func texts(_ value: JSONValue?, _ key: String) throws(CheckpointError) -> [String] {
        guard let value, !value.isNull else { return [] }
        if let text = value.stringValue { return [text] }
        guard let elements = value.arrayValue else { throw malformed(key) }
        var texts: [String] = []
        for element in elements {
            guard let text = element.stringValue else { throw malformed(key) }
            texts.append(text)
        }
        guard texts.count <= mostNames else { throw unsupported("\"\(key)\" has more than \(mostNames) names") }
        return texts
    }

    static func pattern(_ source: String) throws(CheckpointError) -> ModulePattern {
        guard source.utf8.count <= longestPattern, let pattern = ModulePattern(source) else {
            throw unsupported("the expression \(CheckpointError.quote(source)) is not one that is matched safely")
        }
        return pattern
    }

    static func malformed(_ key: String) -> CheckpointError {
        CheckpointError(.configWrongType, file: fileName, detail: "\"\(key)\" is not of the form that PEFT writes")
    }

    static func unsupported(_ detail: String) -> CheckpointError {
        CheckpointError(.adapterUnsupported, file: fileName, detail: detail)
    }
}
