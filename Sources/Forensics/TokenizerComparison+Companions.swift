import StrictJSON
import Tokenizers

extension TokenizerComparison {
    /// Special tokens that special_tokens_map.json names otherwise than the base's.
    ///
    /// A name that one of the files lacks is bookkeeping: tokenizer_config.json and the ids of special tokens decide.
    static func specialTokensMap(_ suspect: TokenizerFiles, _ base: TokenizerFiles) -> [SettingDifference] {
        let (ours, theirs) = (object(suspect.specialTokensMap), object(base.specialTokensMap))
        return settings(
            suspect.specialTokensMap, base.specialTokensMap, file: "special_tokens_map.json", prepare: { $0 },
            bookkeeping: Set(
                ((ours?.members ?? []) + (theirs?.members ?? [])).map(\.key).filter {
                    (ours?[$0] ?? .null).isNull || (theirs?[$0] ?? .null).isNull
                }))
    }

    /// Files beside tokenizer.json that give tokens other ids or other merges than it does, and that the base does not
    /// have in the same way: some programs read them in its place.
    static func contradictions(
        _ suspect: some Tokenizer, _ suspectFiles: TokenizerFiles, _ base: some Tokenizer, _ baseFiles: TokenizerFiles
    ) -> [SettingDifference] {
        let ours = Companions(suspectFiles, suspect)
        let theirs = Companions(baseFiles, base)
        return zip(ours.all, theirs.all).compactMap { own, other in
            guard let sentence = own.sentence, own != other else { return nil }
            return SettingDifference(
                .vocabulary, field: own.file, suspect: sentence, base: other.sentence, material: true)
        }
    }

    private static func object(_ json: [UInt8]?) -> JSONObject? {
        json.flatMap { try? JSONValue(parsing: $0) }?.objectValue
    }
}

/// What vocab.txt, vocab.json and merges.txt say where tokenizer.json says otherwise.
private struct Companions {
    /// What one file says otherwise.
    struct Contradiction: Equatable {
        let file: String
        /// Each place with what stands there; of a file that cannot be read, the file's name.
        var places: [[UInt8]] = []
        /// The same in words; nil without any.
        var sentence: String?
    }

    private(set) var all: [Contradiction]

    /// Contradictions of the files of one folder; none without tokenizer.json.
    init(_ files: TokenizerFiles, _ tokenizer: some Tokenizer) {
        guard let main = files.tokenizerJSON else {
            all = ["vocab.txt", "vocab.json", "merges.txt"].map { Contradiction(file: $0) }
            return
        }
        all = [
            Self.text(files.vocabularyText, tokenizer), Self.json(files.vocabularyJSON, tokenizer),
            Self.merges(files.mergesText, main),
        ]
    }

    private static func text(_ bytes: [UInt8]?, _ tokenizer: some Tokenizer) -> Contradiction {
        var found = Contradiction(file: "vocab.txt")
        for (id, line) in (bytes ?? []).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let token = line.last == 0x0D ? line.dropLast() : line
            guard !token.isEmpty, tokenizer.id(of: String(decoding: token, as: UTF8.self)) != id else { continue }
            found.places.append(Array("\(id) ".utf8) + token)
        }
        found.describe("tokens another id")
        return found
    }

    private static func json(_ bytes: [UInt8]?, _ tokenizer: some Tokenizer) -> Contradiction {
        var found = Contradiction(file: "vocab.json")
        guard let bytes else { return found }
        guard let entries = (try? JSONValue(parsing: bytes))?.objectValue?.members else {
            found.unreadable()
            return found
        }
        for entry in entries where entry.value.intValue.map({ tokenizer.id(of: entry.key) != $0 }) ?? true {
            found.places.append(Array("\(entry.value.intValue ?? -1) \(entry.key)".utf8))
        }
        found.describe("tokens another id")
        return found
    }

    private static func merges(_ bytes: [UInt8]?, _ main: [UInt8]) -> Contradiction {
        var found = Contradiction(file: "merges.txt")
        guard let bytes, let model = (try? JSONValue(parsing: main))?.objectValue?["model"]?.objectValue,
            let merges = model["merges"]?.arrayValue
        else { return found }
        let lines = bytes.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }.filter {
            !$0.isEmpty && !$0.starts(with: Array("#version".utf8))
        }
        let own = merges.map { merge -> [UInt8] in
            let text = merge.stringValue ?? (merge.arrayValue ?? []).map { $0.stringValue ?? "" }.joined(separator: " ")
            return Array(text.utf8)
        }
        for rank in 0..<max(lines.count, own.count) {
            let line = lines.indices.contains(rank) ? Array(lines[rank]) : []
            if !own.indices.contains(rank) || own[rank] != line {
                found.places.append(Array("\(rank) ".utf8) + line)
            }
        }
        found.describe("merges another rank")
        return found
    }
}

extension Companions.Contradiction {
    fileprivate mutating func describe(_ what: String) {
        if !places.isEmpty { sentence = "gives \(places.count) \(what) than tokenizer.json does" }
    }

    fileprivate mutating func unreadable() {
        places = [Array(file.utf8)]
        sentence = "is not a JSON object of tokens and ids"
    }
}
