import StrictJSON

/// The tokenizer in a GGUF file's metadata, as tokenizer.json and tokenizer_config.json describe one.
struct GGUFTokenizer {
    /// How words become tokens.
    enum Model: Equatable {
        /// Byte-level byte pairs, with a rule that divides words.
        case bytePairs(WordSplitting)
        /// SentencePiece's byte pairs, which have scores in place of merges.
        case sentencePieces(isGemma: Bool)
    }

    /// What a token is for, by llama.cpp's numbers.
    enum Kind: Int {
        case normal = 1
        case unknown, control, userDefined, unused, byte
    }

    /// Where the ids of special tokens are, by transformers' names without `_token`.
    static let specialKeys = [
        ("bos", "tokenizer.ggml.bos_token_id"), ("eos", "tokenizer.ggml.eos_token_id"),
        ("unk", "tokenizer.ggml.unknown_token_id"), ("pad", "tokenizer.ggml.padding_token_id"),
    ]

    let model: Model
    /// By id; untrusted text.
    let tokens: [String]
    /// By id; empty where the file has none.
    let kinds: [Kind]
    /// Pairs of tokens with a space between them, the first to be merged first.
    let merges: [String]
    /// Ids of the special tokens that there are, by transformers' names without `_token`.
    let special: [String: Int]
    let metadata: GGUFMetadata

    /// Reads and checks a tokenizer.
    ///
    /// - Parameter rows: of the word embeddings, which every id needs.
    init(_ metadata: GGUFMetadata, _ architecture: GGUFArchitecture, rows: Int) throws(CheckpointError) {
        self.metadata = metadata
        let kind = try metadata.string("tokenizer.ggml.model")
        switch kind {
        case "gpt2": model = .bytePairs(try WordSplitting(metadata))
        case "llama": model = .sentencePieces(isGemma: architecture == .gemma3)
        default:
            throw CheckpointError(
                .ggufTokenizer, file: metadata.file,
                detail: "its tokenizer \(CheckpointError.quote(kind)) is not supported; supported: gpt2, llama")
        }
        let stored = try metadata.array("tokenizer.ggml.tokens", of: "strings", \.stringValue)
        guard !stored.isEmpty, stored.count <= rows else {
            throw Self.error("it has \(stored.count) tokens and \(rows) word embeddings", metadata)
        }
        kinds =
            try metadata.optionalArray("tokenizer.ggml.token_type", of: "numbers from 1 to 6") {
                $0.intValue.flatMap { Kind(rawValue: $0) }
            } ?? []
        guard kinds.isEmpty || kinds.count == stored.count else {
            throw Self.error("it has \(stored.count) tokens and \(kinds.count) types of tokens", metadata)
        }
        tokens = model == .sentencePieces(isGemma: true) ? stored.map { SentencePieceMerges.spelled($0) } : stored
        var special: [String: Int] = [:]
        for (name, key) in Self.specialKeys {
            special[name] = try metadata.optionalInteger(key, in: 0...stored.count - 1)
        }
        self.special = special
        if let merges = try metadata.optionalArray("tokenizer.ggml.merges", of: "strings", \.stringValue) {
            self.merges = merges
        } else if case .sentencePieces(let isGemma) = model {
            let scores =
                try isGemma
                ? tokens.indices.map { -Float($0) }
                : metadata.array("tokenizer.ggml.scores", of: "numbers") { value in
                    if case .float32(let score) = value { score } else { nil }
                }
            guard scores.count == tokens.count else {
                throw Self.error("it has \(tokens.count) tokens and \(scores.count) scores", metadata)
            }
            merges = try SentencePieceMerges.derived(from: tokens, scores, metadata)
        } else {
            throw Self.error("it has no merges (tokenizer.ggml.merges)", metadata)
        }
    }

    static func error(_ detail: String, _ metadata: GGUFMetadata) -> CheckpointError {
        CheckpointError(.ggufVocabulary, file: metadata.file, detail: detail)
    }
}

extension GGUFTokenizer {
    /// tokenizer.json and tokenizer_config.json.
    func files() throws(CheckpointError) -> [String: [UInt8]] {
        [
            "tokenizer.json": JSONValue.object(try json()).serialized(),
            "tokenizer_config.json": GGUFFile.text(try settings()),
        ]
    }

    /// Whether a text starts with the token that begins sequences.
    var addsStart: Bool {
        get throws(CheckpointError) {
            let isDefault: Bool =
                switch model {
                case .bytePairs(let splitting): splitting.addsStart
                case .sentencePieces: true
                }
            return try metadata.optionalBool("tokenizer.ggml.add_bos_token") ?? isDefault
        }
    }

    /// Whether a text ends with the token that ends sequences.
    var addsEnd: Bool {
        get throws(CheckpointError) { try metadata.optionalBool("tokenizer.ggml.add_eos_token") ?? false }
    }

    /// The entries of tokenizer_config.json.
    private func settings() throws(CheckpointError) -> JSONObject {
        var json = JSONObject()
        json["tokenizer_class"] = .string("PreTrainedTokenizerFast")
        for (name, _) in Self.specialKeys {
            if let id = special[name] { json["\(name)_token"] = .string(tokens[id]) }
        }
        json["add_bos_token"] = .bool(try addsStart)
        json["add_eos_token"] = .bool(try addsEnd)
        json["clean_up_tokenization_spaces"] = .bool(false)
        json["chat_template"] = try chatTemplate()
        return json
    }

    /// The template, or the list of all where there are others beside it.
    private func chatTemplate() throws(CheckpointError) -> JSONValue? {
        let key = "tokenizer.chat_template"
        let main = try metadata.optionalString(key)
        var list: [JSONValue] = []
        func append(_ name: String, _ template: String) {
            var entry = JSONObject()
            entry["name"] = .string(name)
            entry["template"] = .string(template)
            list.append(.object(entry))
        }
        if let main { append("default", main) }
        for entry in metadata.header.metadata where entry.key.hasPrefix(key + ".") {
            append(String(entry.key.dropFirst(key.count + 1)), try metadata.string(entry.key))
        }
        if list.count == 1, let main { return .string(main) }
        return list.isEmpty ? nil : .array(list)
    }

    /// The entries of generation_config.json.
    func generationConfig() throws(CheckpointError) -> JSONObject {
        var json = JSONObject()
        for name in ["bos", "eos", "pad"] { json["\(name)_token_id"] = special[name].map { .integer($0) } }
        let turn = try metadata.optionalInteger("tokenizer.ggml.eot_token_id", in: 0...tokens.count - 1)
        if let turn, let end = special["eos"], turn != end {
            json["eos_token_id"] = .array([.integer(end), .integer(turn)])
        }
        return json
    }
}
