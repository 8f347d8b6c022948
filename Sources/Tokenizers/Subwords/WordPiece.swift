/// WordPiece: the longest token that begins the word, then the longest continuation of each rest.
///
/// A word without such a division, or of too many characters, is one unknown token.
struct WordPiece: SubwordModel {
    static let algorithm = "WordPiece"

    let vocabulary: Vocabulary
    private let unknownID: Int32
    private let maxWordCharacters: Int
    /// The node of the continuation prefix (`##`) in the vocabulary's trie; `nil` if no token continues a word.
    private let continuation: Int32?

    /// What tokenizer.json says beside the vocabulary.
    struct Settings: Sendable, Equatable {
        var unknownToken = "[UNK]"
        var continuationPrefix = "##"
        var maxWordCharacters = 100
    }

    /// The longest word that a file may ask for; published models have 100 or 200.
    static let longestWord = 1000

    /// A model over `vocabulary`; the unknown token must be one of its tokens.
    init(_ vocabulary: Vocabulary, settings: Settings, file: String) throws(TokenizerError) {
        guard let unknown = vocabulary.trie.value(of: settings.unknownToken.utf8) else {
            throw TokenizerError(
                .missingSpecialToken, file: file,
                reason: "the unknown token \(quoted(settings.unknownToken)) is not in the vocabulary; add it")
        }
        self.vocabulary = vocabulary
        unknownID = unknown
        maxWordCharacters = settings.maxWordCharacters
        continuation = vocabulary.trie.node(for: settings.continuationPrefix.utf8)
    }

    /// Ids ascending: WordPiece training lists tokens by falling frequency, after the single characters.
    var idsByFrequency: [Int] { vocabulary.tokens.indices.filter { vocabulary.tokens[$0] != nil } }

    func tokenize(_ bytes: [UInt8], _ range: Range<Int>, into ids: inout [Int32], scratch: inout SubwordScratch) {
        if range.count > maxWordCharacters, Self.characters(in: bytes[range]) > maxWordCharacters {
            ids.append(unknownID)
            return
        }
        let before = ids.count
        var start = range.lowerBound
        var node: Int32? = ByteTrie.root
        while start < range.upperBound {
            guard let from = node,
                let match = vocabulary.trie.longestMatch(in: bytes, start..<range.upperBound, from: from)
            else {
                ids.removeLast(ids.count - before)
                ids.append(unknownID)
                return
            }
            ids.append(match.value)
            start = match.end
            node = continuation
        }
    }

    private static func characters(in bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 & 0xC0 != 0x80 }
    }
}
