import StrictJSON

/// What another implementation computed for a model: the file `reference.json` beside it.
struct ReferenceFile {
    struct Case {
        let text: String
        let pair: String?
        let ids: [Int32]
        /// Of the labels; of the first tokens of the vocabulary, behind the last token, for a language model.
        let logits: [Double]
        /// Tokens that a language model continues with; nil for a classifier.
        let continuation: [Int32]?
    }

    struct ParameterGradient {
        /// The checkpoint's name of the tensor.
        let name: String
        let norm: Double
        let first: [Double]
    }

    let maxLength: Int
    let cases: [Case]
    let batchMaxLength: Int
    /// Texts with their labels; a language model's have none.
    let batch: [(text: String, pair: String?, label: Int?)]
    let loss: Double
    let gradients: [ParameterGradient]
    let learningRate: Double
    let optimizer: AdamW.Options
    let losses: [Double]

    /// - Throws: `ModelError` naming what the file lacks.
    init(parsing bytes: [UInt8], file: String) throws {
        let root = Reader(value: try JSONValue(parsing: bytes), path: "", file: file)
        maxLength = try root["max_length"].integer()
        cases = try root["cases"].array().map { entry in
            Case(
                text: try entry["text"].string(), pair: entry.optional("pair")?.value.stringValue,
                ids: try entry["input_ids"].ids(),
                logits: try (entry.optional("last_logits_first8") ?? entry["logits"]).array().map { try $0.number() },
                continuation: try entry.optional("greedy_12")?.ids())
        }
        let gradients = try root["gradients"]
        batchMaxLength = try gradients["max_length"].integer()
        let texts = try gradients["texts"].array().map { try $0.string() }
        let labels = try gradients.optional("labels")?.array().map { try $0.integer() }
        let pairs = try gradients.optional("pairs")?.array().map { try $0.string() }
        guard labels?.count ?? texts.count == texts.count, pairs?.count ?? texts.count == texts.count else {
            throw gradients.wrong("has texts, pairs and labels of different lengths")
        }
        batch = texts.indices.map { (texts[$0], pairs?[$0], labels?[$0]) }
        loss = try gradients["loss"].number()
        self.gradients = try gradients["parameters"].members().map { name, entry in
            ParameterGradient(
                name: name, norm: try entry["norm"].number(), first: try entry["first4"].array().map { try $0.number() }
            )
        }
        let adamw = try root["adamw"]
        learningRate = try adamw["lr"].number()
        losses = try adamw["losses"].array().map { try $0.number() }
        let betas = try adamw["betas"].array().map { try $0.number() }
        guard betas.count == 2 else { throw adamw.wrong("needs two betas") }
        var options = AdamW.Options()
        (options.beta1, options.beta2) = (betas[0], betas[1])
        options.epsilon = try adamw["eps"].number()
        options.weightDecay = try adamw["weight_decay"].number()
        let note = adamw.optional("note")?.value.stringValue ?? ""
        options.decay = note.contains("all parameters decayed") ? .all : .matrices
        optimizer = options
    }

    /// A value with its place in the file, for errors.
    private struct Reader {
        let value: JSONValue
        let path: String
        let file: String

        subscript(key: String) -> Reader {
            get throws {
                guard let found = optional(key) else { throw wrong("lacks \"\(key)\"") }
                return found
            }
        }

        func optional(_ key: String) -> Reader? {
            guard let found = value.objectValue?[key], found != .null else { return nil }
            return Reader(value: found, path: path + "." + key, file: file)
        }

        func array() throws -> [Reader] {
            guard let values = value.arrayValue else { throw wrong("is not a list") }
            return values.enumerated().map { Reader(value: $1, path: "\(path)[\($0)]", file: file) }
        }

        func members() throws -> [(String, Reader)] {
            guard let object = value.objectValue else { throw wrong("is not an object") }
            return object.members.map { ($0.key, Reader(value: $0.value, path: path + "." + $0.key, file: file)) }
        }

        func string() throws -> String {
            guard let string = value.stringValue else { throw wrong("is not a string") }
            return string
        }

        func integer() throws -> Int {
            guard let integer = value.intValue else { throw wrong("is not an integer") }
            return integer
        }

        func ids() throws -> [Int32] { try array().map { Int32(clamping: try $0.integer()) } }

        func number() throws -> Double {
            guard let number = value.doubleValue else { throw wrong("is not a number") }
            return number
        }

        func wrong(_ reason: String) -> ModelError {
            ModelError(.referenceFile, file: file, detail: "\(path.isEmpty ? "the file" : path) \(reason)")
        }
    }
}
