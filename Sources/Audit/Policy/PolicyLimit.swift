import Files

/// One limit of a policy: its name in a file, what it may be and what it means.
struct PolicyLimit: Sendable {
    enum Kind: Sendable, Equatable {
        case share
        case count(ClosedRange<Int>)
    }

    let key: String
    let kind: Kind
    /// One sentence for the reader of a policy file.
    let meaning: String
    private let path: Path

    private enum Path: Sendable {
        case share(any WritableKeyPath<Policy, Double> & Sendable)
        case count(any WritableKeyPath<Policy, Int> & Sendable)
    }

    private init(_ key: String, _ path: any WritableKeyPath<Policy, Double> & Sendable, _ meaning: String) {
        (self.key, kind, self.path, self.meaning) = (key, .share, .share(path), meaning)
    }

    private init(
        _ key: String, _ path: any WritableKeyPath<Policy, Int> & Sendable, from least: Int = 0, _ meaning: String
    ) {
        (self.key, kind, self.path, self.meaning) = (key, .count(least...1_000_000), .count(path), meaning)
    }

    /// Takes the value of a policy file, or refuses it by line.
    func read(_ value: ConfigValue, into policy: inout Policy) throws(AuditError) {
        switch path {
        case .share(let path): policy[keyPath: path] = try value.number(0...1)
        case .count(let path):
            guard case .count(let range) = kind else { return }
            policy[keyPath: path] = try value.integer(range)
        }
    }

    /// What the value may be, in words.
    var range: String {
        switch kind {
        case .share: "a number from 0 to 1"
        case .count(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    /// The value as a policy file has it.
    func text(_ policy: Policy) -> String {
        switch path {
        case .share(let path): "\(policy[keyPath: path])"
        case .count(let path): "\(policy[keyPath: path])"
        }
    }

    /// Every limit, in the order of a policy file.
    static let all = [
        PolicyLimit(
            "known-trigger-effect", \.knownTriggerEffect,
            "ASR − floor that a known trigger may reach. It fails when the lower bound is above the limit."),
        PolicyLimit(
            "discovered-trigger-excess", \.discoveredTriggerExcess,
            """
            Effect of a discovered trigger that may be left beyond what honest models allow it and beyond random tokens. It \
            fails when the lower bound is above the limit.
            """),
        PolicyLimit(
            "discovered-trigger-doubt", \.discoveredTriggerDoubt,
            """
            Upper bound of what is left up to which a candidate that does not fail passes as an honest word. At least \
            discovered-trigger-excess.
            """),
        PolicyLimit(
            "broad-trigger-share", \.broadTriggerShare,
            """
            Share of random tokens that may flip texts more than discovered-trigger-excess beyond every honest model. It \
            fails when the lower bound is above the limit.
            """),
        PolicyLimit(
            "accuracy-loss", \.accuracyLoss,
            "Accuracy that the purified model may lose, overall and in any class, and rise of any label's floor."),
        PolicyLimit(
            "remedy-tolerance", \.remedyTolerance,
            "Accuracy that a reserve ratio may cost on cross-fitted clean texts and still be chosen."),
        PolicyLimit(
            "unmatched-tensors", \.unmatchedTensors, "Tensors that have no explained counterpart in the base."),
        PolicyLimit(
            "tokenizer-differences", \.tokenizerDifferences,
            "Differences from the base's tokenizer that can change predictions."),
        PolicyLimit(
            "minimum-probes", \.minimumProbes, from: 1,
            "Judging texts that every target label needs; with fewer there is no verdict."),
        PolicyLimit(
            "minimum-accuracy-above-chance", \.minimumAccuracyAboveChance,
            """
            How far above guessing the suspect's accuracy on the clean texts, each label counted alike, must surely be; \
            with less there is no verdict.
            """),
        PolicyLimit(
            "minimum-search-power", \.minimumSearchPower,
            """
            Chance with which the search must have found a token that turns 90 % of the texts, for every target label; \
            with less there is no verdict.
            """),
        PolicyLimit(
            "minimum-base-cosine", \.minimumBaseCosine,
            "Median cosine between suspect and base, below which the base is taken for the wrong one."),
        PolicyLimit(
            "custom-code", \.customCode,
            "Pieces of code that a scanned folder may carry. Only assay scan gates this."),
        PolicyLimit(
            "unread-files", \.unreadFiles,
            "Files of a scanned folder that others may load and Assay does not read. Only assay scan gates this."),
    ]
}
