extension PipelineTokenizer {
    func decoded(_ ids: [Int32]) -> String {
        var bytes: [UInt8] = []
        for id in ids {
            if let added = added.tokens[id] {
                if !added.special { bytes += added.content.utf8 }
            } else if let token = model.vocabulary.token(Int(id)) {
                append(token, to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what a token of the vocabulary stands for; where neither bytes nor spaces are marked, a space goes between
    /// tokens.
    private func append(_ token: String, to bytes: inout [UInt8]) {
        if let byte = ByteFallback.byte(of: token) {
            bytes.append(byte)
        } else if writesBytesAsCharacters, let own = ByteLevelAlphabet.bytes(of: token) {
            bytes += own
        } else if let space = visibleSpace {
            bytes += Array(token.utf8).replacing(space, with: [0x20])
        } else {
            if !bytes.isEmpty { bytes.append(0x20) }
            bytes += token.utf8
        }
    }
}
