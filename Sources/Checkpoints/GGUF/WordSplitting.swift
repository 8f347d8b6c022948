import StrictJSON

/// The rule by which a byte-level tokenizer divides a text into words, by its name in `tokenizer.ggml.pre`.
///
/// The expressions are those of the models' own tokenizer.json; they are named here and never executed.
struct WordSplitting: Equatable {
    /// Value of `pre_tokenizer` in tokenizer.json.
    let json: JSONValue
    /// Whether a text starts with the token that begins sequences where the metadata do not say.
    let addsStart: Bool
    /// Whether a word that is a token is taken whole, whatever the merges.
    let ignoresMerges: Bool

    /// The rule that the metadata name; without a name it is GPT-2's.
    init(_ metadata: GGUFMetadata) throws(CheckpointError) {
        let name = try metadata.optionalString("tokenizer.ggml.pre") ?? "default"
        guard let rule = Self.rules.first(where: { $0.names.contains(name) }) else {
            throw CheckpointError(
                .ggufTokenizer, file: metadata.file,
                detail: "its rule of dividing words, tokenizer.ggml.pre \(CheckpointError.quote(name)), is not "
                    + "supported; supported: \(Self.names.joined(separator: ", "))")
        }
        json = rule.json
        addsStart = rule.takesWholeWords
        ignoresMerges = rule.takesWholeWords
    }

    /// Every name that is known.
    static var names: [String] { rules.flatMap(\.names) }

    private struct Rule {
        let names: [String]
        let json: JSONValue
        /// As Llama 3 and Mistral's Tekken do, which also start a text with a token.
        var takesWholeWords = false
    }

    private static let rules: [Rule] = [
        Rule(names: ["default", "gpt-2", "gpt2", "phi-2", "mpt", "olmo"], json: byteLevel(divides: true)),
        Rule(
            names: ["smollm", "starcoder", "refact", "command-r"],
            json: sequence([
                .fields([("type", .string("Digits")), ("individual_digits", .bool(true))]), byteLevel(divides: true),
            ])),
        Rule(
            names: ["llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral"], json: split(grouped(#"\p{N}{1,3}"#)),
            takesWholeWords: true),
        Rule(names: ["dbrx", "smaug-bpe"], json: split(grouped(#"\p{N}{1,3}"#))),
        Rule(names: ["qwen2", "deepseek-r1-qwen", "megrez"], json: split(grouped(#"\p{N}"#))),
        Rule(names: ["tekken"], json: split(cased(#"\p{N}"#, ending: "")), takesWholeWords: true),
        Rule(names: ["gpt-4o", "llama4"], json: split(cased(#"\p{N}{1,3}"#, ending: contractions + "?"))),
    ]

    private static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"

    /// Letters and digits apart, with so many digits a word.
    private static func grouped(_ digits: String) -> String {
        contractions + #"|[^\r\n\p{L}\p{N}]?\p{L}+|"# + digits
            + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    /// Words also divided before capitals.
    private static func cased(_ digits: String, ending: String) -> String {
        let (before, capitals, smalls) = (
            #"[^\r\n\p{L}\p{N}]?"#, #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#, #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#
        )
        return "\(before)\(capitals)*\(smalls)+\(ending)|\(before)\(capitals)+\(smalls)*\(ending)|\(digits)|"
            + #" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    private static func split(_ expression: String) -> JSONValue {
        sequence([
            .fields([
                ("type", .string("Split")), ("pattern", .fields([("Regex", .string(expression))])),
                ("behavior", .string("Isolated")), ("invert", .bool(false)),
            ]), byteLevel(divides: false),
        ])
    }

    private static func byteLevel(divides: Bool) -> JSONValue {
        .fields([
            ("type", .string("ByteLevel")), ("add_prefix_space", .bool(false)), ("trim_offsets", .bool(true)),
            ("use_regex", .bool(divides)),
        ])
    }

    private static func sequence(_ steps: [JSONValue]) -> JSONValue {
        .fields([("type", .string("Sequence")), ("pretokenizers", .array(steps))])
    }
}
