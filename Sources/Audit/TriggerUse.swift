/// How clean texts use a word that was found as a trigger.
///
/// An honest model flips as far as a word goes with a label in the data it learnt from, and the clean texts are like
/// them. A planted trigger does not occur in them, or goes with no label.
struct TriggerUse: Equatable {
    /// Texts below which nothing is said.
    static let fewest = 3

    /// Label of each clean text that contains it.
    let labels: [Int]

    /// Share of one label among the texts, with one text of the label and one of the others added (Laplace's rule of
    /// succession); nil where there are too few.
    func share(of target: Int) -> Double? {
        guard labels.count >= Self.fewest else { return nil }
        return Double(labels.count { $0 == target } + 1) / Double(labels.count + 2)
    }
}
