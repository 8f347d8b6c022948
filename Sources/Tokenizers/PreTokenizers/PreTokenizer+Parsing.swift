import StrictJSON

extension PreTokenizer {
    /// Names in tokenizer.json, for errors.
    static let supported = [
        "BertPreTokenizer", "ByteLevel", "Digits", "Metaspace", "Punctuation", "Sequence", "Split", "Whitespace",
        "WhitespaceSplit",
    ]

    /// Steps that a file may ask for.
    static let mostSteps = 64

    /// The pre-tokenizer that a component of tokenizer.json describes; `nil` stands for JSON null.
    init(_ node: JSONNode?) throws(TokenizerError) {
        steps = []
        if let node { try append(node) }
        guard steps.count <= Self.mostSteps else {
            throw TokenizerError(
                .tooLarge, file: node?.file ?? "",
                reason: "the pre-tokenizer has more than \(Self.mostSteps) steps; get the tokenizer again")
        }
    }

    private mutating func append(_ node: JSONNode) throws(TokenizerError) {
        switch try node.string("type") {
        case "Sequence": for part in try node.nodes("pretokenizers") { try append(part) }
        case "BertPreTokenizer": steps.append(.bert)
        case "WhitespaceSplit": steps.append(.whitespaceSplit)
        case "Whitespace": steps.append(.whitespace)
        case "Digits": steps.append(.digits(individual: try node.bool("individual_digits")))
        case "Punctuation": steps.append(.punctuation(try SplitBehavior(node, default: .isolated)))
        case "Metaspace": steps.append(.metaspace(try Metaspace(node)))
        case "ByteLevel":
            steps.append(
                .byteLevel(
                    ByteLevel(
                        addsPrefixSpace: try node.bool("add_prefix_space"),
                        divides: try node.bool("use_regex", default: true))))
        case "Split":
            steps.append(
                .split(try SplitPattern(node), try SplitBehavior(node, default: nil), inverted: try node.bool("invert"))
            )
        case let type: throw node.unsupported("pre-tokenizer", type, supported: Self.supported)
        }
    }
}

extension SplitBehavior {
    /// The value of `behavior`, or `other` where it is absent.
    fileprivate init(_ node: JSONNode, default other: SplitBehavior?) throws(TokenizerError) {
        if let other, node.value("behavior") == nil {
            self = other
            return
        }
        guard let behavior = SplitBehavior(rawValue: try node.string("behavior")) else {
            throw node.invalid("behavior", "must be one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = behavior
    }
}

extension Metaspace {
    /// The older field `add_prefix_space` may only repeat what `prepend_scheme` says; where that is absent, the
    /// reference takes it for `always`.
    fileprivate init(_ node: JSONNode) throws(TokenizerError) {
        let character = try node.string("replacement")
        guard character.unicodeScalars.count == 1 else { throw node.invalid("replacement", "must be one character") }
        let name = node.value("prepend_scheme") == nil ? "always" : try node.string("prepend_scheme")
        guard let scheme = Prepending(rawValue: name) else {
            throw node.invalid("prepend_scheme", "must be always, first or never")
        }
        if try node.optionalBool("add_prefix_space") == false, scheme != .never {
            throw node.invalid(
                "add_prefix_space",
                "contradicts prepend_scheme, which is \(name); set prepend_scheme to never if no word is to get a space"
            )
        }
        self.init(
            replacement: Array(character.utf8), prepends: scheme, divides: try node.bool("split", default: true))
    }
}

extension SplitPattern {
    /// The value of `pattern`: fixed text, or one of the known expressions.
    fileprivate init(_ node: JSONNode) throws(TokenizerError) {
        let pattern = try node.node("pattern")
        if pattern.value("String") != nil {
            let text = Array(try pattern.string("String").utf8)
            self = text.isEmpty ? .empty : .text(text)
            return
        }
        let expression = try pattern.string("Regex")
        guard
            let known = Self.known.first(where: { $0.expressions.contains { $0.utf8.elementsEqual(expression.utf8) } })
        else {
            throw TokenizerError(
                .unsupportedComponent, file: node.file,
                reason: "the expression \(quoted(expression)) of \(node.path) is not supported; supported: "
                    + "\(Self.known.map(\.name).joined(separator: ", "))")
        }
        self = known.pattern
    }

    private static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    private static let capitals = #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
    private static let smalls = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#

    /// The expression of `WordPattern.cased`.
    private static func cased(digits: String, ending: String) -> String {
        let before = #"[^\r\n\p{L}\p{N}]?"#
        return "\(before)\(capitals)*\(smalls)+\(ending)|\(before)\(capitals)+\(smalls)*\(ending)|\(digits)|"
            + #" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    /// Known expressions, each with the name by which errors list it.
    private static let known: [(name: String, pattern: SplitPattern, expressions: [String])] = [
        (
            "GPT-2", .words(.gpt2),
            [#"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#]
        ),
        (
            "Llama 3", .words(.grouped(digits: 3, marksAreLetters: false)),
            [
                contractions
                    + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        ),
        (
            "Qwen 2", .words(.grouped(digits: 1, marksAreLetters: false)),
            [
                contractions
                    + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        ),
        (
            "Qwen 3.5", .words(.grouped(digits: 1, marksAreLetters: true)),
            [
                contractions
                    + #"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        ),
        (
            "GPT-4o", .words(.cased(digits: 3, contractions: true)),
            [cased(digits: #"\p{N}{1,3}"#, ending: contractions + "?")]
        ),
        ("Tekken", .words(.cased(digits: 1, contractions: false)), [cased(digits: #"\p{N}"#, ending: "")]),
        (#"\p{N}{1,3}"#, .digitGroup(3), [#"\p{N}{1,3}"#]),
        (#"\p{N}"#, .digitGroup(1), [#"\p{N}"#]),
        (#"\s"#, .whitespace, [#"\s"#]),
    ]
}
