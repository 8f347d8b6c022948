import StrictJSON

/// Tokenizer classes whose whole pipeline is known from vocab.json and merges.txt.
enum BytePairClass: Sendable {
    case gpt2
    case roberta
    case qwen2

    /// The class that the settings or the model's type name.
    init(_ settings: TokenizerSettings, _ files: TokenizerFiles) throws(TokenizerError) {
        let name = settings.className.map { $0.hasSuffix("Fast") ? String($0.dropLast(4)) : $0 }
        switch name ?? files.modelType {
        case "GPT2Tokenizer", "gpt2": self = .gpt2
        case "RobertaTokenizer", "roberta": self = .roberta
        case "Qwen2Tokenizer", "qwen2", "qwen3": self = .qwen2
        case let other:
            throw TokenizerError(
                .unsupportedComponent, file: files.folderName,
                reason:
                    "vocab.json and merges.txt without tokenizer.json are not enough for \(quoted(other ?? "no class")); "
                    + "supported: GPT2Tokenizer, Qwen2Tokenizer, RobertaTokenizer; save the tokenizer with "
                    + "save_pretrained, which writes tokenizer.json")
        }
    }

    /// Special tokens where tokenizer_config.json names none.
    fileprivate var defaultNames: [String: String] {
        switch self {
        case .gpt2: ["bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"]
        case .qwen2: ["eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"]
        case .roberta:
            [
                "bos_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "cls_token": "<s>", "unk_token": "<unk>",
                "pad_token": "<pad>", "mask_token": "<mask>",
            ]
        }
    }

    fileprivate func preTokenizer(addsPrefixSpace: Bool) -> PreTokenizer {
        let bytes = PreTokenizer.ByteLevel(addsPrefixSpace: addsPrefixSpace, divides: self != .qwen2)
        let qwen2 = PreTokenizer.Step.split(
            .words(.grouped(digits: 1, marksAreLetters: false)), .isolated, inverted: false)
        return PreTokenizer(steps: (self == .qwen2 ? [qwen2] : []) + [.byteLevel(bytes)])
    }
}

extension TokenizerDefinition {
    /// What vocab.json and merges.txt describe, with the pipeline that transformers' class gives them.
    init(
        vocabularyJSON: [UInt8], merges: [UInt8], class byteClass: BytePairClass, settings: TokenizerSettings,
        _ files: TokenizerFiles
    ) throws(TokenizerError) {
        let file = files.path("vocab.json")
        let vocabulary = try JSONNode(parsing: vocabularyJSON, file: file)
        self.file = file
        self.vocabulary = try Vocabulary(SubwordSettings.pairs(vocabulary), file: file)
        model = .bytePairs(
            BytePairEncoding.Settings(merges: try Self.merges(merges, file: files.path("merges.txt"))))
        normalizer = byteClass == .qwen2 ? Normalizer(steps: [.form(.nfc)]) : .none
        preTokenizer = byteClass.preTokenizer(addsPrefixSpace: settings.addsPrefixSpace)
        addedTokens = []
        defaultNames = byteClass.defaultNames
        robertaNames = byteClass == .roberta ? ("<s>", "</s>") : nil
    }

    /// Merges, two tokens a line with a space between them; lines that begin with `#version` are left out.
    private static func merges(
        _ bytes: [UInt8], file: String
    ) throws(TokenizerError) -> [BytePairEncoding.Settings.Pair] {
        guard bytes.count <= longestVocabularyText else {
            throw TokenizerError(
                .tooLarge, file: file,
                reason: "the file is larger than \(longestVocabularyText) bytes; merges are far smaller")
        }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        var pairs: [BytePairEncoding.Settings.Pair] = []
        for (index, line) in lines.enumerated() {
            let text = line.last == 0x0D ? line.dropLast() : line
            if text.starts(with: Array("#version".utf8)) { continue }
            let halves = text.split(separator: 0x20, omittingEmptySubsequences: false)
            guard halves.count == 2, let left = String(validating: halves[0], as: UTF8.self),
                let right = String(validating: halves[1], as: UTF8.self)
            else {
                throw TokenizerError(
                    .invalidField, file: file,
                    reason: "line \(index + 1) is not two tokens of UTF-8 text with a space between them; correct it")
            }
            pairs.append(BytePairEncoding.Settings.Pair(left: left, right: right))
        }
        return pairs
    }
}
