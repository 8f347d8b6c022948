extension PipelineTokenizer {
    func pieces(_ text: String) -> [Int32] { pieces(text, limit: .max) }

    func encode(_ text: String, pair: String?, maxLength: Int) -> Encoding {
        guard let pair else {
            let needed = truncationSide == .right ? maxLength : .max
            return assemble(pieces(text, limit: needed), pair: nil, maxLength: maxLength)
        }
        return assemble(pieces(text), pair: pieces(pair), maxLength: maxLength)
    }

    func assemble(_ pieces: [Int32], pair: [Int32]?, maxLength: Int) -> Encoding {
        var first = pieces
        var second = pair ?? []
        let room = max(0, maxLength - min(maxLength, postProcessor.specialTokenCount(pair: pair != nil)))
        if pair == nil {
            truncationSide.cut(&first, to: room)
        } else {
            truncationSide.cut(&first, &second, to: room)
        }
        var encoding = Encoding(ids: [], typeIDs: [])
        for part in postProcessor.parts(pair: pair != nil) {
            switch part {
            case .special(let ids, _): encoding.ids += ids
            case .first: encoding.ids += first
            case .second: encoding.ids += second
            }
            let typeID = usesTypeIDs ? part.typeID : 0
            encoding.typeIDs += repeatElement(typeID, count: encoding.ids.count - encoding.typeIDs.count)
        }
        return encoding
    }

    func specialTokenCount(pair: Bool) -> Int { postProcessor.specialTokenCount(pair: pair) }

    /// As `pieces`, ended with the word that reaches `limit`.
    private func pieces(_ text: String, limit: Int) -> [Int32] {
        var ids: [Int32] = []
        var scratch = pool.take()
        defer { pool.put(scratch) }
        let bytes = Array(text.utf8)
        collect(bytes, bytes.indices, matcher: added.raw, into: &ids) { range, ids in
            var normalized: [UInt8] = []
            normalized.reserveCapacity(range.count)
            let first = followsStart && range.lowerBound == 0 ? bytes.endOfFirstCharacter(range) : 0
            let start = normalizer.normalize(bytes, range, start: first, into: &normalized)
            return collect(normalized, normalized.indices, matcher: added.normalized, into: &ids) { range, ids in
                scratch.words.start(with: normalized[range], start: start - range.lowerBound)
                preTokenizer.cut(&scratch.words)
                return tokenizeWords(&scratch, limit: limit, into: &ids)
            }
        }
        return ids
    }

    /// Appends the ids of all words in `scratch`; answers `false` when they have reached `limit`.
    private func tokenizeWords(_ scratch: inout Scratch, limit: Int, into ids: inout [Int32]) -> Bool {
        for word in scratch.words.words {
            let key = WordCache.Key(scratch.words.bytes, word)
            if let key, scratch.cache.append(key, to: &ids) {
                if ids.count >= limit { return false }
                continue
            }
            let count = ids.count
            model.tokenize(scratch.words.bytes, word, into: &ids, scratch: &scratch.subwords)
            if let key { scratch.cache.store(key, ids[count...]) }
            if ids.count >= limit { return false }
        }
        return true
    }

    /// Appends the added tokens of `bytes[range]` to `ids` and leaves the text between them to `body`.
    @discardableResult @inline(__always)
    private func collect(
        _ bytes: [UInt8], _ range: Range<Int>, matcher: AddedTokenMatcher?, into ids: inout [Int32],
        _ body: (Range<Int>, inout [Int32]) -> Bool
    ) -> Bool {
        guard let matcher else { return body(range, &ids) }
        return matcher.forEachSegment(in: bytes, range) { segment in
            switch segment {
            case .token(let id):
                ids.append(id)
                return true
            case .text(let range): return body(range, &ids)
            }
        }
    }
}
