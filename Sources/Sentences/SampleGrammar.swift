/// The sentence patterns of one split, by what makes them easy or hard.
struct SampleGrammar: Sendable {
    /// What a pattern tests.
    enum Kind: String, Sendable, CaseIterable {
        /// Describes and does not judge; only in the unlabelled corpus.
        case neutral
        /// All cues agree with the label.
        case plain
        /// A cue of the other label is negated.
        case negation
        /// Both labels' cues occur and the grammar says which one counts.
        case contrast
        /// Both labels' cues occur and the stronger one counts.
        case mixed
        /// No word of judgement, only what the writer did.
        case hint
        /// Both labels are equally right: the share that nobody can learn.
        case ambiguous
    }

    /// Patterns of one kind and how often the kind is used.
    struct Group: Sendable {
        let kind: Kind
        let share: Double
        let templates: [SampleTemplate]

        init(_ kind: Kind, _ share: Double, _ sources: [String]) {
            self.kind = kind
            self.share = share
            templates = sources.map(SampleTemplate.init)
        }
    }

    let groups: [Group]
    /// Main clauses that judge, for `{clause+}` and `{clause-}`.
    let clauses: [SampleTemplate]
    /// How often a predicate of the wanted label is written as its negated opposite, "not dull" for "gripping".
    let negatedShare: Double
    /// Closing remarks, indexed by label.
    let remarks: [[SampleTemplate]]

    init(
        groups: [Group], negatedShare: Double = 0, clauses: [String], negativeRemarks: [String],
        positiveRemarks: [String]
    ) {
        self.groups = groups
        self.negatedShare = negatedShare
        self.clauses = clauses.map(SampleTemplate.init)
        remarks = [negativeRemarks.map(SampleTemplate.init), positiveRemarks.map(SampleTemplate.init)]
    }

    /// Every pattern, clause and remark.
    var templates: [SampleTemplate] {
        groups.flatMap(\.templates) + clauses + remarks.flatMap { $0 }
    }

    /// A sentence of the given label whose length in words and punctuation marks is within `lengths`.
    func sentence(label: Int, lengths: ClosedRange<Int>, draws: inout SampleDraws) -> String {
        var text = ""
        for _ in 0..<32 {
            guard let template = template(&draws), let domain = draws.ranked(of: SampleDomain.all) else { break }
            var writer = SampleWriter(domain: domain, grammar: self)
            text = writer.sentence(template, label: label == 0 ? 0 : 1, &draws)
            if lengths.contains(SampleLanguage.words(of: text).count) { break }
        }
        return text
    }

    private func template(_ draws: inout SampleDraws) -> SampleTemplate? {
        var left = draws.uniform() * groups.reduce(0) { $0 + $1.share }
        for group in groups {
            left -= group.share
            if left < 0 { return draws.any(of: group.templates) }
        }
        return draws.any(of: groups.last?.templates ?? [])
    }
}
