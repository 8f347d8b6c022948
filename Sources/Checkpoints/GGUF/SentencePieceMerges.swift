/// The merges that a SentencePiece vocabulary implies: each token from each pair of tokens that makes it up.
enum SentencePieceMerges {
    /// What stands for a space in tokens.
    static let space = "▁"

    /// Most work that is done, in bytes compared: a hundred times what the largest published vocabularies need.
    private static let mostWork = 1 << 32

    /// A token in the spelling of transformers, where llama.cpp keeps Gemma's runs of spaces as they are in a text.
    static func spelled(_ token: String) -> String {
        guard token.utf8.contains(0x20), token.unicodeScalars.allSatisfy(\.properties.isWhitespace) else {
            return token
        }
        return String(repeating: space, count: token.unicodeScalars.count)
    }

    /// Pairs with a space between them: those of higher scores first, then of longer left and longer right parts.
    static func derived(
        from tokens: [String], _ scores: [Float], _ metadata: GGUFMetadata
    ) throws(CheckpointError) -> [String] {
        var ids: [ArraySlice<UInt8>: Int] = [:]
        var work = 0
        for (id, token) in tokens.enumerated() {
            let bytes = Array(token.utf8)
            ids[bytes[...]] = id
            work += min(bytes.count * bytes.count, mostWork)
            guard work <= mostWork else {
                throw GGUFTokenizer.error("its tokens are too long for a vocabulary", metadata)
            }
        }
        var pairs: [Pair] = []
        for (token, score) in zip(tokens, scores) {
            let bytes = Array(token.utf8)
            let length = token.unicodeScalars.count
            var local: [Pair] = []
            var left = 0
            for place in bytes.indices.dropFirst() where bytes[place] & 0xC0 != 0x80 {
                left += 1
                guard let first = ids[bytes[..<place]], let second = ids[bytes[place...]] else { continue }
                local.append(
                    Pair(left: first, right: second, score: score, leftLength: left, rightLength: length - left))
            }
            pairs += local.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
        }
        // The order of equal ones is kept, as by Python's sort.
        let order = pairs.indices.sorted { a, b in
            let (one, other) = (pairs[a].rank, pairs[b].rank)
            return one == other ? a < b : one > other
        }
        return order.map { "\(tokens[pairs[$0].left]) \(tokens[pairs[$0].right])" }
    }

    private struct Pair {
        let left: Int
        let right: Int
        let score: Float
        let leftLength: Int
        let rightLength: Int

        var rank: (Float, Int, Int) { (score, leftLength, rightLength) }
    }
}
