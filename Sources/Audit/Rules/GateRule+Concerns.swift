import Findings

extension GateRule {
    /// A rule without a verdict, which says the first of what was found; nil where nothing was.
    init?(_ code: RuleCode, title: String, found: [LoadingConcerns.Concern]) {
        guard let first = found.first else { return nil }
        self.init(
            code: code, title: title, subject: first.subject, value: Double(found.count), interval: nil, limit: 0,
            unit: .count, n: nil, state: .inconclusive, explanation: first.sentence)
    }
}
