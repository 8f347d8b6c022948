/// How often each class occurs.
public struct LabelBalance: Sendable, Equatable {
    /// Rows of each class.
    public let counts: [Int]

    /// Counts the labels of `rows`.
    ///
    /// - Parameter labelCount: the number of classes; classes without rows count as 0. A label outside is left out.
    public init(_ rows: some Sequence<LabelledText>, labelCount: Int) {
        var counts = [Int](repeating: 0, count: max(0, labelCount))
        for row in rows where counts.indices.contains(row.label) { counts[row.label] += 1 }
        self.counts = counts
    }

    /// Rows of all classes.
    public var total: Int { counts.reduce(0, +) }

    /// Classes that do not occur.
    public var missing: [Int] { counts.indices.filter { counts[$0] == 0 } }

    /// Share of the most frequent class: the accuracy of always answering it. 0 without rows.
    public var majorityShare: Double { total == 0 ? 0 : Double(counts.max() ?? 0) / Double(total) }

    /// Rows of the most frequent class for each row of the rarest; infinite when a class is missing.
    public var ratio: Double {
        guard let most = counts.max(), let least = counts.min() else { return 1 }
        return least == 0 ? .infinity : Double(most) / Double(least)
    }

    /// Whether the most frequent class outweighs the rarest by more than `ratio` to one.
    public func isImbalanced(beyond ratio: Double = 3) -> Bool { self.ratio > ratio }
}
