import Statistics

/// How clean texts use the words of what was found as a trigger.
///
/// An honest model flips as far as a word goes with a label in the data it learnt from, and the clean texts are like
/// them. A planted trigger does not occur in them, or goes with no label.
struct TriggerUse: Equatable {
    /// Texts below which nothing is said.
    static let fewest = 3

    /// Confidence that the label's share is as large as is said.
    static let confidence = 0.9

    /// Label of each clean text that contains one of the words.
    let labels: [Int]

    /// What is surely the share of one label among such texts (one-sided Wilson bound): what chance puts together in few
    /// texts explains nothing. nil where there are too few.
    func share(of target: Int) -> Double? {
        guard labels.count >= Self.fewest else { return nil }
        return wilson(
            successes: Double(labels.count { $0 == target }), trials: Double(labels.count),
            z: normalQuantile(Self.confidence)
        ).lower
    }
}
