import StrictJSON

extension GGUFTokenizer {
    /// The entries of tokenizer.json.
    func json() throws(CheckpointError) -> JSONObject {
        var json = JSONObject()
        json["version"] = .string("1.0")
        json["truncation"] = .null
        json["padding"] = .null
        json["added_tokens"] = .array(addedTokens)
        json["normalizer"] = normalizer
        json["pre_tokenizer"] = try preTokenizer
        json["post_processor"] = try postProcessor
        json["decoder"] = decoder
        json["model"] = .object(try modelJSON())
        return json
    }

    /// Tokens that are looked for in the text before it is divided: control tokens, which are special, and those that
    /// the model's author defined.
    private var addedTokens: [JSONValue] {
        zip(tokens, kinds).enumerated().compactMap { id, token in
            guard [.control, .userDefined].contains(token.1) || special["unk"] == id && token.1 == .unknown
            else { return nil }
            return .fields([
                ("id", .integer(id)), ("content", .string(token.0)), ("single_word", .bool(false)),
                ("lstrip", .bool(false)), ("rstrip", .bool(false)), ("normalized", .bool(false)),
                ("special", .bool(token.1 != .userDefined)),
            ])
        }
    }

    private var normalizer: JSONValue {
        guard model == .sentencePieces(isGemma: true) else { return .null }
        return .fields([
            ("type", .string("Replace")), ("pattern", .fields([("String", .string(" "))])),
            ("content", .string(SentencePieceMerges.space)),
        ])
    }

    private var preTokenizer: JSONValue {
        get throws(CheckpointError) {
            switch model {
            case .bytePairs(let splitting): return splitting.json
            case .sentencePieces(isGemma: true): return .null
            case .sentencePieces:
                let prepends = try metadata.optionalBool("tokenizer.ggml.add_space_prefix") ?? true
                return .fields([
                    ("type", .string("Metaspace")), ("replacement", .string(SentencePieceMerges.space)),
                    ("prepend_scheme", .string(prepends ? "first" : "never")), ("split", .bool(false)),
                ])
            }
        }
    }

    /// Puts the first and the last token around a text.
    private var postProcessor: JSONValue {
        get throws(CheckpointError) {
            let start = try addsStart ? special["bos"] : nil
            let end = try addsEnd ? special["eos"] : nil
            if start == nil, end == nil { return .null }
            func piece(_ kind: String, _ id: String, _ type: Int) -> JSONValue {
                .fields([(kind, .fields([("id", .string(id)), ("type_id", .integer(type))]))])
            }
            func text(_ name: String, _ type: Int) -> [JSONValue] {
                let (before, after) = (start.map { tokens[$0] }, end.map { tokens[$0] })
                return (before.map { [piece("SpecialToken", $0, type)] } ?? []) + [piece("Sequence", name, type)]
                    + (after.map { [piece("SpecialToken", $0, type)] } ?? [])
            }
            var known = JSONObject()
            for id in [start, end].compactMap({ $0 }) {
                known[tokens[id]] = .fields([
                    ("id", .string(tokens[id])), ("ids", .array([.integer(id)])),
                    ("tokens", .array([.string(tokens[id])])),
                ])
            }
            return .fields([
                ("type", .string("TemplateProcessing")), ("single", .array(text("A", 0))),
                ("pair", .array(text("A", 0) + text("B", 1))), ("special_tokens", .object(known)),
            ])
        }
    }

    private var decoder: JSONValue {
        guard case .sentencePieces(let isGemma) = model else {
            return .fields([
                ("type", .string("ByteLevel")), ("add_prefix_space", .bool(true)), ("trim_offsets", .bool(true)),
                ("use_regex", .bool(true)),
            ])
        }
        var steps: [JSONValue] = [
            .fields([
                ("type", .string("Replace")), ("pattern", .fields([("String", .string(SentencePieceMerges.space))])),
                ("content", .string(" ")),
            ]),
            .fields([("type", .string("ByteFallback"))]), .fields([("type", .string("Fuse"))]),
        ]
        if !isGemma {
            steps.append(
                .fields([
                    ("type", .string("Strip")), ("content", .string(" ")), ("start", .integer(1)),
                    ("stop", .integer(0)),
                ]))
        }
        return .fields([("type", .string("Sequence")), ("decoders", .array(steps))])
    }

    private func modelJSON() throws(CheckpointError) -> JSONObject {
        var vocabulary = JSONObject()
        for (id, token) in tokens.enumerated() {
            guard vocabulary[token] == nil else {
                throw Self.error("two of its tokens are \(CheckpointError.quote(token))", metadata)
            }
            vocabulary[token] = .integer(id)
        }
        var isPieces = false
        var ignoresMerges = false
        switch model {
        case .bytePairs(let splitting): ignoresMerges = splitting.ignoresMerges
        case .sentencePieces: isPieces = true
        }
        var json = JSONObject()
        json["type"] = .string("BPE")
        json["dropout"] = .null
        json["unk_token"] = isPieces ? special["unk"].map { .string(tokens[$0]) } ?? .null : .null
        json["continuing_subword_prefix"] = .null
        json["end_of_word_suffix"] = .null
        json["fuse_unk"] = .bool(isPieces)
        json["byte_fallback"] = .bool(isPieces)
        json["ignore_merges"] = .bool(ignoresMerges)
        json["vocab"] = .object(vocabulary)
        json["merges"] = .array(merges.map { .string($0) })
        return json
    }
}

extension JSONValue {
    /// An object of these members, in this order.
    static func fields(_ members: [(key: String, value: JSONValue)]) -> JSONValue {
        var object = JSONObject()
        for member in members { object[member.key] = member.value }
        return .object(object)
    }
}
