import Tensors

/// A clean data set in four parts that share no text. A remedy is tuned on the first three together, cross-fitted.
public struct DatasetSplit: Sendable, Equatable {
    /// For fine-tuning.
    public let tune: [LabelledText]
    /// For the choice of the mixing ratio.
    public let dev: [LabelledText]
    /// For the search for triggers.
    public let discover: [LabelledText]
    /// For the measurement of what was found; not read before.
    public let confirm: [LabelledText]
    /// Rows left out because an earlier row has the same text and pair.
    public let duplicatesRemoved: Int
    /// Of these, rows whose label differs from the earlier row's.
    public let contradictions: Int

    /// Splits `rows` by label, so that each part has the classes in the proportion of the whole.
    ///
    /// Duplicates go first: rows equal in text and pair but for upper and lower case and white space at the ends. A
    /// row's part depends on the seed, its label and its place among the rows of that label. Parts keep the order of
    /// the file.
    ///
    /// - Parameter shares: if they are not valid, every row goes to `tune`.
    public static func make(
        _ rows: [LabelledText], shares: SplitShares = .default, seed: UInt64
    ) -> DatasetSplit {
        var labels: [TextKey: Int] = [:]
        var contradictions = 0
        var byLabel: [Int: [LabelledText]] = [:]
        for row in rows {
            if let earlier = labels.updateValueIfNew(row.label, forKey: TextKey(row)) {
                if earlier != row.label { contradictions += 1 }
            } else {
                byLabel[row.label, default: []].append(row)
            }
        }
        var parts: [[LabelledText]] = [[], [], [], []]
        for (label, rows) in byLabel.sorted(by: { $0.key < $1.key }) {
            let order = CounterRandom(seed: seed, stream: "split/label \(label)").permutation(rows.count)
            var start = 0
            for (part, count) in shares.counts(of: rows.count).enumerated() {
                let end = min(rows.count, start + count)
                parts[part] += order[start..<end].map { rows[$0] }
                start = end
            }
        }
        let sorted = parts.map { $0.sorted { $0.row < $1.row } }
        return DatasetSplit(
            tune: sorted[0], dev: sorted[1], discover: sorted[2], confirm: sorted[3],
            duplicatesRemoved: rows.count - labels.count, contradictions: contradictions)
    }
}

/// What makes two rows duplicates of each other.
private struct TextKey: Hashable {
    let text: Substring
    let pair: Substring?

    init(_ row: LabelledText) {
        text = Self.trimmed(row.text)
        pair = row.pair.map(Self.trimmed)
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text.lowercased()[...]
        while rest.first?.isWhitespace ?? false { rest.removeFirst() }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return rest
    }
}

extension Dictionary {
    /// Stores `value` unless `key` is taken; answers the value that was there.
    fileprivate mutating func updateValueIfNew(_ value: Value, forKey key: Key) -> Value? {
        if let earlier = self[key] { return earlier }
        self[key] = value
        return nil
    }
}
