extension PipelineTokenizer {
    func piecesBetweenSpaces(_ text: String) -> [Int32]? {
        guard let (before, after) = neighbours else { return nil }
        let ids = pieces("a \(text) a")
        guard ids.count >= before.count + after.count, ids.starts(with: before), ids.suffix(after.count) == after[...]
        else { return nil }
        return Array(ids.dropFirst(before.count).dropLast(after.count))
    }

    func insertableText(for id: Int) -> String? {
        guard !specialIDs.contains(id), let text = word(of: id), !text.isEmpty, text.isInSingleSpaces,
            piecesBetweenSpaces(text) == [Int32(truncatingIfNeeded: id)]
        else { return nil }
        return text
    }

    /// The text that a token stands for between spaces; `nil` where it is no text of its own.
    private func word(of id: Int) -> String? {
        if let added = Int32(exactly: id).flatMap({ added.tokens[$0] }) { return added.content }
        guard var token = model.vocabulary.token(id) else { return nil }
        let suffix = model.endSuffix.utf8
        if !suffix.isEmpty {
            guard token.utf8.suffix(suffix.count).elementsEqual(suffix) else { return nil }
            token = String(decoding: token.utf8.dropLast(suffix.count), as: UTF8.self)
        }
        if let byte = ByteFallback.byte(of: token) { return byte < 0x80 ? String(Unicode.Scalar(byte)) : nil }
        let text: [UInt8]
        if writesBytesAsCharacters {
            guard let bytes = ByteLevelAlphabet.bytes(of: token) else { return nil }
            text = bytes
        } else if let space = visibleSpace {
            text = Array(token.utf8).replacing(space, with: [0x20])
        } else {
            return token
        }
        return String(validating: text.first == 0x20 ? text.dropFirst() : text[...], as: UTF8.self)
    }

    /// Whether the vocabulary has characters that stand for bytes.
    var writesBytesAsCharacters: Bool {
        normalizer.steps.contains(.byteLevel)
            || preTokenizer.steps.contains { if case .byteLevel = $0 { true } else { false } }
    }

    /// What stands for a space in the vocabulary.
    var visibleSpace: [UInt8]? {
        for case .metaspace(let metaspace) in preTokenizer.steps { return metaspace.replacement }
        for case .replace(.text([0x20]), let content) in normalizer.steps { return content }
        return nil
    }
}

extension String {
    /// Whether white space in the text is single spaces between words, so that it stays the same when it is inserted.
    fileprivate var isInSingleSpaces: Bool {
        split(whereSeparator: \.isWhitespace).joined(separator: " ").utf8.elementsEqual(utf8)
    }
}
