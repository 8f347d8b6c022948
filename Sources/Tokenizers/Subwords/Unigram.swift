/// Unigram: of all divisions of a word into tokens the one with the highest sum of scores.
struct Unigram: SubwordModel {
    static let algorithm = "Unigram"

    let vocabulary: Vocabulary
    /// Log-probability of each token.
    private let scores: [Double]
    private let unknownID: Int32
    private let unknownScore: Double
    /// The token of each byte value, such as `<0x41>`, -1 for none; empty unless unknown characters become bytes.
    private let fallback: [Int32]

    /// What tokenizer.json says beside the tokens.
    struct Settings: Sendable, Equatable {
        /// Scores in the order of ids.
        var scores: [Double] = []
        var unknownID: Int?
        var fallsBackToBytes = false
    }

    /// How far an unknown character's score lies below the lowest score of a token.
    static let unknownPenalty = 10.0

    /// A model over `vocabulary`, whose ids must have a score each; the unknown token must be one of them.
    init(_ vocabulary: Vocabulary, settings: Settings, file: String) throws(TokenizerError) {
        guard let unknown = settings.unknownID, settings.scores.indices.contains(unknown) else {
            throw TokenizerError(
                .missingSpecialToken, file: file,
                reason: "model.unk_id must be the id of a token in the vocabulary; name the unknown token")
        }
        self.vocabulary = vocabulary
        scores = settings.scores
        unknownID = Int32(truncatingIfNeeded: unknown)
        unknownScore = (settings.scores.min() ?? 0) - Self.unknownPenalty
        fallback =
            settings.fallsBackToBytes
            ? (UInt8.min...UInt8.max).map { vocabulary.trie.value(of: ByteFallback.token($0).utf8) ?? -1 } : []
    }

    /// Ids by falling score, of equal ones the lower first.
    var idsByFrequency: [Int] { scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) } }

    func logProbability(_ id: Int) -> Double? { scores.indices.contains(id) ? scores[id] : nil }

    func tokenize(_ bytes: [UInt8], _ range: Range<Int>, into ids: inout [Int32], scratch: inout SubwordScratch) {
        findBestPath(bytes, range, &scratch)
        scratch.path.removeAll(keepingCapacity: true)
        var end = range.count
        while end > 0 {
            let start = Int(scratch.starts[end])
            scratch.path.append((Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: end), scratch.ids[end]))
            end = start
        }
        var last = scratch.path.count - 1
        while last >= 0 {
            let piece = scratch.path[last]
            last -= 1
            guard piece.id == unknownID else {
                ids.append(piece.id)
                continue
            }
            var end = piece.end
            while last >= 0, scratch.path[last].id == unknownID {
                end = scratch.path[last].end
                last -= 1
            }
            appendUnknown(bytes[range.lowerBound + Int(piece.start)..<range.lowerBound + Int(end)], &ids)
        }
    }

    /// Fills `scratch` with the best last piece that ends at each byte, places counted from the beginning of `range`.
    ///
    /// Of equally good ones the first stays, which begins earliest. Every character begins some piece: a token that is
    /// this character, or else the unknown token.
    private func findBestPath(_ bytes: [UInt8], _ range: Range<Int>, _ scratch: inout SubwordScratch) {
        let count = range.count
        scratch.scores.removeAll(keepingCapacity: true)
        scratch.starts.removeAll(keepingCapacity: true)
        scratch.scores.append(contentsOf: repeatElement(0, count: count + 1))
        scratch.starts.append(contentsOf: repeatElement(-1, count: count + 1))
        if scratch.ids.count <= count {
            scratch.ids.append(contentsOf: repeatElement(0, count: count + 1 - scratch.ids.count))
        }
        var start = range.lowerBound
        while start < range.upperBound {
            let offset = start - range.lowerBound
            let score = scratch.scores[offset]
            var afterCharacter = start
            _ = UTF8Decoding.next(bytes, &afterCharacter, end: range.upperBound)
            var isKnown = false
            vocabulary.trie.forEachMatch(in: bytes, start..<range.upperBound) { end, id in
                scratch.offer(score + scores[Int(id)], id, from: offset, to: end - range.lowerBound)
                if end == afterCharacter { isKnown = true }
            }
            if !isKnown {
                scratch.offer(
                    score + unknownScore, unknownID, from: offset, to: afterCharacter - range.lowerBound)
            }
            start = afterCharacter
        }
    }

    /// Appends what stands for characters that no token covers.
    private func appendUnknown(_ text: ArraySlice<UInt8>, _ ids: inout [Int32]) {
        if let id = vocabulary.trie.value(of: text) {
            ids.append(id)
        } else if !fallback.isEmpty, text.allSatisfy({ fallback[Int($0)] >= 0 }) {
            ids.append(contentsOf: text.lazy.map { fallback[Int($0)] })
        } else {
            ids.append(unknownID)
        }
    }
}

extension SubwordScratch {
    @inline(__always)
    fileprivate mutating func offer(_ score: Double, _ id: Int32, from start: Int, to end: Int) {
        guard starts[end] < 0 || score > scores[end] else { return }
        scores[end] = score
        starts[end] = Int32(truncatingIfNeeded: start)
        ids[end] = id
    }
}
