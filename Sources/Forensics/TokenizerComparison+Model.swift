import StrictJSON

extension TokenizerComparison {
    /// Merges and scores that differ: either changes how words are divided while every id keeps its token.
    static func model(_ suspect: [UInt8]?, _ base: [UInt8]?) -> [SettingDifference] {
        if suspect == base { return [] }
        guard let ours = suspect.flatMap(modelObject), let theirs = base.flatMap(modelObject) else { return [] }
        return merges(ours, theirs) + scores(ours, theirs)
    }

    private static func modelObject(_ json: [UInt8]) -> JSONObject? {
        (try? JSONValue(parsing: json))?.objectValue?["model"]?.objectValue
    }

    /// The first differing merges by rank, and how many differ.
    private static func merges(_ suspect: JSONObject, _ base: JSONObject) -> [SettingDifference] {
        let (ours, theirs) = (pairs(suspect), pairs(base))
        let differing = (0..<max(ours.count, theirs.count)).filter { rank in
            !(ours.indices.contains(rank) && theirs.indices.contains(rank) && ours[rank] == theirs[rank])
        }
        func text(_ pairs: [JSONValue], _ rank: Int) -> String? {
            pairs.indices.contains(rank) ? pairs[rank].stringValue : nil
        }
        return counted(differing, of: "merge") { rank in
            (text(ours, rank), text(theirs, rank))
        }
    }

    /// Merges as two tokens with a space between them, whichever way they are written.
    private static func pairs(_ model: JSONObject) -> [JSONValue] {
        (model["merges"]?.arrayValue ?? []).map { merge in
            guard let tokens = merge.arrayValue else { return merge }
            return .string(tokens.map { $0.stringValue ?? "" }.joined(separator: " "))
        }
    }

    /// The first tokens with another score, and how many there are; tokens are compared by id elsewhere.
    private static func scores(_ suspect: JSONObject, _ base: JSONObject) -> [SettingDifference] {
        guard let ours = suspect["vocab"]?.arrayValue, let theirs = base["vocab"]?.arrayValue else { return [] }
        func score(_ entry: JSONValue) -> Double? { entry.arrayValue?.last?.doubleValue }
        let differing = (0..<min(ours.count, theirs.count)).filter { score(ours[$0]) != score(theirs[$0]) }
        return counted(differing, of: "score") { id in
            (score(ours[id]).map { "\($0)" }, score(theirs[id]).map { "\($0)" })
        }
    }

    private static func counted(
        _ places: [Int], of name: String, values: (Int) -> (suspect: String?, base: String?)
    ) -> [SettingDifference] {
        listed(
            places, .tokenizerSetting, field: "tokenizer.json: model.\(name)s",
            summary: "\(places.count) differ from the base's", values: values)
    }
}
