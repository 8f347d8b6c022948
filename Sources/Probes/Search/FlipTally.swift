import Transformers

#if canImport(Glibc)
    internal import Glibc
#endif

/// How often a phrase moved texts of other labels to its target.
public struct FlipTally: Sendable, Equatable, Codable {
    /// Texts predicted as the target with the phrase in.
    public private(set) var hits = 0
    /// Texts measured.
    public private(set) var trials = 0
    /// Σ over the texts of log p(target) / (1 − p(target)), each clipped to ±`clip`.
    private var logOdds = 0.0

    /// Log-odds beyond which a text counts no more: one text must not outweigh the others.
    static let clip = 8.0

    public init() {}

    /// Share of texts predicted as the target; 0 before the first.
    public var rate: Double { trials == 0 ? 0 : Double(hits) / Double(trials) }

    /// Mean clipped log-odds of the target, in nats.
    public var meanLogOdds: Double { trials == 0 ? 0 : logOdds / Double(trials) }

    /// Counts one text.
    mutating func add(_ logits: Logits, _ text: Int, target: Int) {
        trials += 1
        if logits.prediction(text) == target { hits += 1 }
        logOdds += max(-Self.clip, min(Self.clip, logits.logOdds(text, label: target)))
    }

    /// Orders phrases measured on the same texts: by hits, then by mean log-odds.
    func isStronger(than other: FlipTally) -> Bool {
        (hits, meanLogOdds) > (other.hits, other.meanLogOdds)
    }

    /// Whether no text withstood.
    var flipsAll: Bool { trials > 0 && hits == trials }
}

extension Logits {
    /// log p(label) / (1 − p(label)), in nats.
    func logOdds(_ text: Int, label: Int) -> Double {
        let row = self[text]
        let own = row.startIndex + label
        var highest = -Double.infinity
        for index in row.indices where index != own { highest = max(highest, Double(row[index])) }
        var others = 0.0
        for index in row.indices where index != own { others += exp(Double(row[index]) - highest) }
        return Double(row[own]) - highest - log(others)
    }
}
