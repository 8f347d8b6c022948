/// The known pre-tokenizers of tokenizer.json: they cut normalized text into words, one step after another.
struct PreTokenizer: Sendable, Equatable {
    var steps: [Step]
    /// Whether `ByteLevel` as the last step leaves bytes as they are, for a model that reads its vocabulary accordingly.
    var leavesBytes = false

    /// One pre-tokenizer.
    enum Step: Sendable, Equatable {
        /// White space separates words, every punctuation character is a word.
        case bert
        /// White space separates words.
        case whitespaceSplit
        /// Runs of word characters and runs of other characters that are not white space.
        case whitespace
        /// Numbers are cut from what surrounds them, each digit for itself or in runs.
        case digits(individual: Bool)
        /// ASCII punctuation and symbols and the categories P*.
        case punctuation(SplitBehavior)
        /// Matches of a pattern; `inverted` exchanges them with what lies between.
        case split(SplitPattern, SplitBehavior, inverted: Bool)
        /// Spaces become a visible character, at which words begin.
        case metaspace(Metaspace)
        /// Words as in GPT-2, and bytes as printable characters.
        case byteLevel(ByteLevel)
        /// Words begin where runs of this character do; no file asks for it, it saves work where no token reaches across.
        case runs(of: [UInt8])
    }

    /// The settings of `ByteLevel`.
    struct ByteLevel: Sendable, Equatable {
        /// Whether every word that begins with none gets a space before it.
        var addsPrefixSpace: Bool
        /// Whether words are divided as in GPT-2.
        var divides: Bool
    }

    /// The whole text is one word.
    static let none = PreTokenizer(steps: [])
    static let bert = PreTokenizer(steps: [.bert])

    /// Whether a step treats words that stand for the text's first character differently from others.
    var followsStart: Bool {
        steps.contains { if case .metaspace(let metaspace) = $0 { metaspace.prepends == .first } else { false } }
    }

    /// Whether the last step turns bytes into characters.
    var endsInBytes: Bool {
        if case .byteLevel = steps.last { true } else { false }
    }

    /// Replaces the text of `list` by its words.
    func cut(_ list: inout WordList) {
        for (index, step) in steps.enumerated() {
            step.cut(&list, leavesBytes: leavesBytes && index == steps.count - 1)
        }
    }
}

extension PreTokenizer.Step {
    fileprivate func cut(_ list: inout WordList, leavesBytes: Bool) {
        switch self {
        case .bert: list.cut { BertPreTokenizer.cut($0, $1, &$2) }
        case .whitespaceSplit:
            list.cut { SplitPattern.whitespace.cut($0, $1, .removed, inverted: false, &$2) }
        case .whitespace: list.cut { SplitPattern.wordsAndSymbols.cut($0, $1, .removed, inverted: true, &$2) }
        case .digits(let individual):
            list.cut {
                SplitPattern.numeric.cut($0, $1, individual ? .isolated : .contiguous, inverted: false, &$2)
            }
        case .punctuation(let behavior):
            list.cut { SplitPattern.punctuation.cut($0, $1, behavior, inverted: false, &$2) }
        case .split(let pattern, let behavior, let inverted):
            list.cut { pattern.cut($0, $1, behavior, inverted: inverted, &$2) }
        case .metaspace(let metaspace): metaspace.cut(&list)
        case .byteLevel(let byteLevel): byteLevel.cut(&list, leavesBytes: leavesBytes)
        case .runs(let character): list.cut { Self.cutAtRuns(of: character, $0, $1, &$2) }
        }
    }
}

extension PreTokenizer.Step {
    private static func cutAtRuns(
        of character: [UInt8], _ bytes: [UInt8], _ word: Range<Int>, _ parts: inout [Range<Int>]
    ) {
        var start = word.lowerBound
        var afterRun = start
        while let match = ByteSearch.first(character, in: bytes, afterRun..<word.upperBound) {
            if match.lowerBound > afterRun, start < match.lowerBound {
                parts.append(start..<match.lowerBound)
                start = match.lowerBound
            }
            afterRun = match.upperBound
        }
        parts.append(start..<word.upperBound)
    }
}

extension PreTokenizer.ByteLevel {
    fileprivate func cut(_ list: inout WordList, leavesBytes: Bool) {
        if addsPrefixSpace {
            list.rewrite { bytes, word, _ in
                bytes[word.lowerBound] == 0x20 ? [] : [0x20]
            } characters: { bytes, range, output in
                output.append(contentsOf: bytes[range])
            }
        }
        if divides {
            list.cut { bytes, word, parts in
                var start = word.lowerBound
                while start < word.upperBound {
                    let end = WordPattern.gpt2.wordEnd(in: bytes, from: start, to: word.upperBound)
                    parts.append(start..<end)
                    start = end
                }
            }
        }
        if !leavesBytes {
            list.rewrite { bytes, range, output in ByteLevelAlphabet.encode(bytes[range], into: &output) }
        }
    }
}
