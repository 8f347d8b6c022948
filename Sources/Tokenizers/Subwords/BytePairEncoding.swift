/// Byte-pair encoding: characters, or the bytes behind them, merged pair by pair in the order of the list of merges.
struct BytePairEncoding: SubwordModel {
    static let algorithm = "BPE"

    let vocabulary: Vocabulary
    private let settings: Settings
    private let merges: MergeTable
    private let mergeOrder: [Int32]
    private let unknownID: Int32?
    /// The token of each byte value, such as `<0x41>`, -1 for none; empty unless unknown characters become bytes.
    private let fallback: [Int32]
    /// Tokens of single bytes, where words are bytes; by place in the word.
    private let byteIDs: [[Int32]]
    /// Whole words, where they are looked up before any merge.
    private let wholeWords: ByteTrie?

    /// What tokenizer.json says beside the vocabulary.
    struct Settings: Sendable, Equatable {
        /// Pairs of tokens, most frequent first.
        var merges: [Pair] = []
        var unknownToken: String?
        /// Set before every character but the first of a word.
        var continuationPrefix = ""
        /// Set behind the last character of a word.
        var endSuffix = ""
        /// Whether unknown characters in a row are one unknown token.
        var fusesUnknown = false
        /// Whether unknown characters become tokens of their bytes.
        var fallsBackToBytes = false
        /// Whether a word of the vocabulary is taken whole, without merging.
        var ignoresMerges = false

        struct Pair: Sendable, Equatable {
            var left: String
            var right: String
        }
    }

    /// A model over `vocabulary`.
    ///
    /// - Parameter wordsAreBytes: whether words come as bytes for which the vocabulary has the byte-level characters.
    init(
        _ vocabulary: Vocabulary, settings: Settings, wordsAreBytes: Bool, file: String
    ) throws(TokenizerError) {
        self.vocabulary = vocabulary
        self.settings = settings
        unknownID = try settings.unknownToken.map { token throws(TokenizerError) in
            guard let id = vocabulary.trie.value(of: token.utf8) else {
                throw TokenizerError(
                    .missingSpecialToken, file: file,
                    reason: "the unknown token \(quoted(token)) is not in the vocabulary; add it")
            }
            return id
        }
        var table: [(left: Int32, right: Int32, merged: Int32)] = []
        table.reserveCapacity(settings.merges.count)
        let prefix = settings.continuationPrefix.utf8.count
        for pair in settings.merges {
            let merged = Array(pair.left.utf8) + Array(pair.right.utf8.dropFirst(prefix))
            guard let left = vocabulary.trie.value(of: pair.left.utf8),
                let right = vocabulary.trie.value(of: pair.right.utf8), pair.right.utf8.count >= prefix,
                let id = vocabulary.trie.value(of: merged)
            else {
                throw TokenizerError(
                    .inconsistentMerge, file: file,
                    reason: "the merge of \(quoted(pair.left)) and \(quoted(pair.right)) needs a token that the "
                        + "vocabulary lacks; get the tokenizer again")
            }
            table.append((left, right, id))
        }
        merges = MergeTable(table)
        mergeOrder = table.map(\.merged)
        fallback = settings.fallsBackToBytes ? Self.fallbackIDs(vocabulary) : []
        byteIDs = wordsAreBytes ? Self.byteIDs(vocabulary, settings) : []
        wholeWords = settings.ignoresMerges ? Self.wholeWords(vocabulary, wordsAreBytes) : nil
    }

    var endSuffix: String { settings.endSuffix }

    /// Tokens that no merge makes, then merged ones in the order of their merges: the more frequent, the earlier.
    var idsByFrequency: [Int] {
        var isMerged = [Bool](repeating: false, count: vocabulary.size)
        var merged: [Int] = []
        for id in mergeOrder where !isMerged[Int(id)] {
            isMerged[Int(id)] = true
            merged.append(Int(id))
        }
        return vocabulary.tokens.indices.filter { !isMerged[$0] && vocabulary.tokens[$0] != nil } + merged
    }

    /// A character before whose runs words can be cut without changing any token; `nil` if there is none.
    ///
    /// SentencePiece's models have merges across `▁` at the beginning of a token only, so that a whole text, which
    /// they take as one word, falls into the words that people see.
    var boundary: [UInt8]? {
        let space: Unicode.Scalar = "\u{2581}"
        guard byteIDs.isEmpty, wholeWords == nil, settings.continuationPrefix.isEmpty, settings.endSuffix.isEmpty,
            vocabulary.id(of: String(space)) != nil
        else { return nil }
        let reachesAcross = mergeOrder.contains { id in
            guard let token = vocabulary.tokens[Int(id)] else { return false }
            return token.unicodeScalars.drop { $0 == space }.contains(space)
        }
        return reachesAcross ? nil : Array(space.utf8)
    }

    func tokenize(_ bytes: [UInt8], _ range: Range<Int>, into ids: inout [Int32], scratch: inout SubwordScratch) {
        if let wholeWords, let id = wholeWords.value(of: bytes[range]) {
            ids.append(id)
            return
        }
        scratch.symbols.removeAll(keepingCapacity: true)
        if byteIDs.isEmpty {
            appendCharacters(bytes, range, &scratch.symbols)
        } else {
            appendBytes(bytes, range, &scratch.symbols)
        }
        scratch.mergeSymbols(merges)
        ids.append(contentsOf: scratch.symbols)
    }
}

extension BytePairEncoding {
    /// Where a character stands in its word: two bits, for the first and the last one.
    private static func place(isFirst: Bool, isLast: Bool) -> Int { (isFirst ? 1 : 0) + (isLast ? 2 : 0) }

    /// Tokens of all bytes at each place in a word, -1 for none.
    private static func byteIDs(_ vocabulary: Vocabulary, _ settings: Settings) -> [[Int32]] {
        (0..<4).map { place in
            ByteLevelAlphabet.scalars.map { scalar in
                let key = settings.key(Array(scalar.utf8)[...], isFirst: place & 1 != 0, isLast: place & 2 != 0)
                return vocabulary.trie.value(of: key) ?? -1
            }
        }
    }

    /// The vocabulary by the bytes in which words come.
    private static func wholeWords(_ vocabulary: Vocabulary, _ wordsAreBytes: Bool) -> ByteTrie {
        if !wordsAreBytes { return vocabulary.trie }
        return ByteTrie(
            vocabulary.tokens.enumerated().compactMap { id, token in
                token.flatMap { ByteLevelAlphabet.bytes(of: $0) }.map { ($0[...], Int32(truncatingIfNeeded: id)) }
            })
    }

    private static func fallbackIDs(_ vocabulary: Vocabulary) -> [Int32] {
        (UInt8.min...UInt8.max).map { vocabulary.trie.value(of: ByteFallback.token($0).utf8) ?? -1 }
    }

    private func appendBytes(_ bytes: [UInt8], _ range: Range<Int>, _ symbols: inout [Int32]) {
        var unknown = UnknownRun()
        for index in range {
            let (isFirst, isLast) = (index == range.lowerBound, index == range.upperBound - 1)
            let id = byteIDs[Self.place(isFirst: isFirst, isLast: isLast)][Int(bytes[index])]
            if id >= 0 {
                unknown.flush(unknownID, &symbols)
                symbols.append(id)
            } else {
                let scalar = ByteLevelAlphabet.scalars[Int(bytes[index])]
                appendUnknown(
                    settings.key(Array(scalar.utf8)[...], isFirst: isFirst, isLast: isLast), &unknown, &symbols)
            }
        }
        unknown.flush(unknownID, &symbols)
    }

    private func appendCharacters(_ bytes: [UInt8], _ range: Range<Int>, _ symbols: inout [Int32]) {
        var unknown = UnknownRun()
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            _ = UTF8Decoding.next(bytes, &index, end: range.upperBound)
            let (isFirst, isLast) = (start == range.lowerBound, index == range.upperBound)
            let id: Int32?
            if settings.continuationPrefix.isEmpty, settings.endSuffix.isEmpty {
                id = vocabulary.trie.value(of: bytes[start..<index])
            } else {
                id = vocabulary.trie.value(of: settings.key(bytes[start..<index], isFirst: isFirst, isLast: isLast))
            }
            if let id {
                unknown.flush(unknownID, &symbols)
                symbols.append(id)
            } else {
                appendUnknown(
                    settings.key(bytes[start..<index], isFirst: isFirst, isLast: isLast), &unknown, &symbols)
            }
        }
        unknown.flush(unknownID, &symbols)
    }

    /// Appends the tokens of the bytes of `key`, or counts it as unknown.
    ///
    /// Tokens of bytes go before an unknown token that waits to be fused, as in the reference, where one waits whether
    /// or not it will be.
    private func appendUnknown(_ key: [UInt8], _ unknown: inout UnknownRun, _ symbols: inout [Int32]) {
        if !fallback.isEmpty, key.allSatisfy({ fallback[Int($0)] >= 0 }) {
            symbols.append(contentsOf: key.lazy.map { fallback[Int($0)] })
        } else {
            if !settings.fusesUnknown { unknown.flush(unknownID, &symbols) }
            unknown.waits = true
        }
    }
}

extension BytePairEncoding.Settings {
    /// What a character is called in the vocabulary at its place in a word.
    fileprivate func key(_ character: ArraySlice<UInt8>, isFirst: Bool, isLast: Bool) -> [UInt8] {
        (isFirst ? [] : Array(continuationPrefix.utf8)) + character + (isLast ? Array(endSuffix.utf8) : [])
    }
}

/// Unknown characters met one after another.
private struct UnknownRun {
    /// Whether their token is still to be appended.
    var waits = false

    /// Appends the unknown token of the run, which ends.
    @inline(__always)
    mutating func flush(_ id: Int32?, _ symbols: inout [Int32]) {
        if waits, let id { symbols.append(id) }
        waits = false
    }
}
