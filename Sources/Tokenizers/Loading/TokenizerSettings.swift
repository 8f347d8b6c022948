import StrictJSON

/// What tokenizer_config.json and its older companions say.
struct TokenizerSettings: Sendable {
    /// `tokenizer_class`.
    var className: String?
    /// `model_input_names`.
    var inputNames: [String]?
    /// `model_max_length` when it is a length and not the placeholder 10³⁰.
    var maxLength: Int?
    /// `truncation_side`.
    var truncationSide: TruncationSide?
    /// `split_special_tokens`: special tokens found in text stay text.
    var leavesSpecialTokens = false
    /// `add_prefix_space`, which tokenizer.json says itself.
    var addsPrefixSpace = false
    /// `do_lower_case`, by default true.
    var lowercases = true
    /// `tokenize_chinese_chars`, by default true.
    var separatesIdeographs = true
    /// `strip_accents`.
    var stripsAccents: Bool?
    /// Special tokens by key, such as `cls_token`; `nil` under a key whose value is null.
    var specialTokens: [String: AddedToken?] = [:]
    /// Special tokens under other keys, such as `image_token`, in the order in which they get ids.
    var customSpecialTokens: [AddedToken] = []
    /// The list `extra_special_tokens`, earlier `additional_special_tokens`.
    var extraSpecialTokens: [AddedToken] = []
    /// `added_tokens_decoder`, or else added_tokens.json, by id; `nil` when the folder has neither.
    var addedTokens: [AddedToken]?

    /// The longest `model_max_length` that is taken at its word.
    static let longestInput = 1_000_000

    /// Keys that name a special token, in the order in which they get ids.
    static let specialTokenKeys = [
        "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
    ]

    /// What `BertTokenizer` has under a key by default.
    static let bertNames = [
        "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]",
    ]

    /// The settings of a folder; files that are absent leave the defaults.
    init(_ files: TokenizerFiles) throws(TokenizerError) {
        let config = try files.tokenizerConfig.map { bytes throws(TokenizerError) in
            try JSONNode(parsing: bytes, file: files.path("tokenizer_config.json"))
        }
        if let config { try read(config) }
        guard addedTokens == nil else { return }
        if let bytes = files.specialTokensMap {
            try readSpecialTokens(JSONNode(parsing: bytes, file: files.path("special_tokens_map.json")))
            extraSpecialTokens = extraSpecialTokens.map(\.markedSpecial)
        }
        if let bytes = files.addedTokens {
            let special = specialTokens.values.compactMap { $0?.content } + extraSpecialTokens.map(\.content)
            addedTokens = try Self.addedTokens(
                JSONNode(parsing: bytes, file: files.path("added_tokens.json")),
                special: Set(special.map { Array($0.utf8) }))
        }
    }

    /// The content of the special token under `key`, or `other` when none is named.
    func special(_ key: String, default other: String) -> String { specialTokens[key]??.content ?? other }

    /// The special tokens under a key, all marked as special.
    ///
    /// - Parameter defaults: what stands in for keys that are absent.
    func namedSpecialTokens(defaults: [String: String]) -> [AddedToken] {
        let standard = Self.specialTokenKeys.compactMap { key -> AddedToken? in
            if let named = specialTokens[key] { return named }
            return defaults[key].map(AddedToken.init(special:))
        }
        return (standard + customSpecialTokens).map(\.markedSpecial)
    }
}

extension TokenizerSettings {
    private mutating func read(_ node: JSONNode) throws(TokenizerError) {
        if node.value("fast_tokenizer_files") != nil {
            let others = try node.array("fast_tokenizer_files").filter { $0.stringValue != "tokenizer.json" }
            guard others.isEmpty else {
                throw node.invalid("fast_tokenizer_files", "must name no file but tokenizer.json, the one that is read")
            }
        }
        className = try node.value("tokenizer_class") == nil ? nil : node.string("tokenizer_class")
        if node.value("model_input_names") != nil {
            inputNames = try node.array("model_input_names").compactMap(\.stringValue)
        }
        if let length = node.value("model_max_length") {
            guard let number = length.doubleValue, number >= 1 else {
                throw node.invalid("model_max_length", "must be a positive number")
            }
            maxLength = number <= Double(Self.longestInput) ? Int(number) : nil
        }
        if node.value("truncation_side") != nil {
            truncationSide = TruncationSide(rawValue: try node.string("truncation_side"))
            if truncationSide == nil { throw node.invalid("truncation_side", "must be left or right") }
        }
        leavesSpecialTokens = try node.bool("split_special_tokens", default: false)
        addsPrefixSpace = try node.bool("add_prefix_space", default: false)
        lowercases = try node.bool("do_lower_case", default: true)
        separatesIdeographs = try node.bool("tokenize_chinese_chars", default: true)
        stripsAccents = try node.optionalBool("strip_accents")
        try readSpecialTokens(node)
        if let decoder = try node.optionalNode("added_tokens_decoder") { addedTokens = try Self.decoderTokens(decoder) }
    }

    private mutating func readSpecialTokens(_ node: JSONNode) throws(TokenizerError) {
        let standard = Set(Self.specialTokenKeys)
        var objects: [AddedToken] = []
        var texts: [AddedToken] = []
        for member in node.object.members where member.key.hasSuffix("_token") {
            let isText = member.value.stringValue != nil
            if standard.contains(member.key) {
                specialTokens[member.key] = .some(
                    member.value.isNull ? nil : try Self.token(member.value, node.place(member.key), node))
            } else if isText || member.value.objectValue?["content"] != nil {
                let token = try Self.token(member.value, node.place(member.key), node)
                if isText { texts.append(token) } else { objects.append(token) }
            }
        }
        customSpecialTokens = objects + customSpecialTokens + texts
        for key in ["model_specific_special_tokens", "extra_special_tokens"] {
            guard let named = node.value(key)?.objectValue else { continue }
            for member in named.members {
                customSpecialTokens.append(try Self.token(member.value, "\(node.place(key)).\(member.key)", node))
            }
        }
        for key in ["additional_special_tokens", "extra_special_tokens"] {
            guard let list = node.value(key)?.arrayValue else { continue }
            for (index, value) in list.enumerated() {
                extraSpecialTokens.append(try Self.token(value, "\(node.place(key))[\(index)]", node))
            }
        }
    }

    /// A special token given as its text or as an object.
    private static func token(
        _ value: JSONValue, _ path: String, _ node: JSONNode
    ) throws(TokenizerError) -> AddedToken {
        if let content = value.stringValue { return try AddedToken(special: content).checked(path, file: node.file) }
        return try AddedToken(JSONNode(value, path: path, file: node.file), id: nil)
    }

    /// The entries of `added_tokens_decoder`, whose keys are ids.
    private static func decoderTokens(_ node: JSONNode) throws(TokenizerError) -> [AddedToken] {
        var tokens: [AddedToken] = []
        for member in node.object.members {
            guard let id = Int(member.key), id >= 0 else { throw node.invalid(member.key, "must be a token id") }
            let entry = try JSONNode(member.value, path: node.place(member.key), file: node.file)
            tokens.append(try AddedToken(entry, id: id))
        }
        return tokens.sorted { ($0.id ?? 0) < ($1.id ?? 0) }
    }

    /// The entries of added_tokens.json, token to id.
    private static func addedTokens(_ node: JSONNode, special: Set<[UInt8]>) throws(TokenizerError) -> [AddedToken] {
        var tokens: [AddedToken] = []
        for member in node.object.members {
            let id = try node.integer(member.key, in: 0...Int(Int32.max))
            let isSpecial = special.contains(Array(member.key.utf8))
            tokens.append(AddedToken(content: member.key, id: id, normalized: !isSpecial, special: isSpecial))
        }
        return tokens.sorted { ($0.id ?? 0) < ($1.id ?? 0) }
    }
}
