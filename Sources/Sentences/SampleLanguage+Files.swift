internal import StrictJSON

extension SampleLanguage {
    /// The longest input of the sample models in tokens, special tokens included.
    public static let maxLength = 64

    /// The bytes of `tokenizer.json`: lower-case WordPiece as in BERT over `vocabulary`, whose indices are the ids.
    public static func tokenizerJSON(vocabulary: [String]) -> [UInt8] {
        var ids = JSONObject()
        for (id, token) in vocabulary.enumerated() { ids[token] = .integer(id) }
        let tokens = specialTokens.enumerated().map { id, token in
            object([
                ("id", .integer(id)), ("content", .string(token)), ("single_word", .bool(false)),
                ("lstrip", .bool(false)), ("rstrip", .bool(false)), ("normalized", .bool(false)),
                ("special", .bool(true)),
            ])
        }
        let file = object([
            ("version", .string("1.0")), ("truncation", .null), ("padding", .null), ("added_tokens", .array(tokens)),
            (
                "normalizer",
                object([
                    ("type", .string("BertNormalizer")), ("clean_text", .bool(true)),
                    ("handle_chinese_chars", .bool(true)), ("strip_accents", .null), ("lowercase", .bool(true)),
                ])
            ),
            ("pre_tokenizer", object([("type", .string("BertPreTokenizer"))])),
            ("post_processor", postProcessor(ids)),
            (
                "decoder",
                object([("type", .string("WordPiece")), ("prefix", .string("##")), ("cleanup", .bool(true))])
            ),
            (
                "model",
                object([
                    ("type", .string("WordPiece")), ("unk_token", .string("[UNK]")),
                    ("continuing_subword_prefix", .string("##")), ("max_input_chars_per_word", .integer(100)),
                    ("vocab", .object(ids)),
                ])
            ),
        ])
        return lines(file)
    }

    /// The bytes of `tokenizer_config.json`.
    public static func tokenizerConfigJSON() -> [UInt8] {
        lines(
            object([
                ("cls_token", .string("[CLS]")), ("do_lower_case", .bool(true)), ("mask_token", .string("[MASK]")),
                ("model_max_length", .integer(maxLength)), ("pad_token", .string("[PAD]")),
                ("sep_token", .string("[SEP]")), ("tokenizer_class", .string("BertTokenizer")),
                ("unk_token", .string("[UNK]")),
            ]))
    }

    /// The bytes of `vocab.txt`, one token a line.
    public static func vocabularyText(_ vocabulary: [String]) -> [UInt8] {
        Array(vocabulary.map { $0 + "\n" }.joined().utf8)
    }

    /// The bytes of a labelled set: the header `label<TAB>text` and one line a row.
    public static func tsv(_ rows: [(label: Int, text: String)]) -> [UInt8] {
        Array(("label\ttext\n" + rows.map { "\($0.label)\t\($0.text)\n" }.joined()).utf8)
    }

    /// `[CLS] A [SEP]` for one text, `[CLS] A [SEP] B [SEP]` with types 0 and 1 for two.
    private static func postProcessor(_ ids: JSONObject) -> JSONValue {
        func place(_ kind: String, _ id: String, _ type: Int) -> JSONValue {
            object([(kind, object([("id", .string(id)), ("type_id", .integer(type))]))])
        }
        func special(_ token: String) -> JSONValue {
            let idList = ids[token].map { [$0] } ?? []
            return object([
                ("id", .string(token)), ("ids", .array(idList)), ("tokens", .array([.string(token)])),
            ])
        }
        let single = [
            place("SpecialToken", "[CLS]", 0), place("Sequence", "A", 0), place("SpecialToken", "[SEP]", 0),
        ]
        let second = [place("Sequence", "B", 1), place("SpecialToken", "[SEP]", 1)]
        return object([
            ("type", .string("TemplateProcessing")), ("single", .array(single)), ("pair", .array(single + second)),
            ("special_tokens", object([("[CLS]", special("[CLS]")), ("[SEP]", special("[SEP]"))])),
        ])
    }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        var object = JSONObject()
        for (key, value) in members { object[key] = value }
        return .object(object)
    }

    private static func lines(_ value: JSONValue) -> [UInt8] {
        value.serialized(indentation: 2) + [UInt8(ascii: "\n")]
    }
}
