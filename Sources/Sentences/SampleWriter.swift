/// Fills one pattern: holds what the sentence is about and the words that it has used.
struct SampleWriter {
    private let domain: SampleDomain
    private let grammar: SampleGrammar
    private var used: Set<String> = []
    private var fragments: [String] = []

    /// - Parameter grammar: where `{clause+}` and `{remark+}` come from.
    init(domain: SampleDomain, grammar: SampleGrammar) {
        self.domain = domain
        self.grammar = grammar
    }

    /// The sentence for label 0 or 1, its first letter a capital.
    mutating func sentence(_ template: SampleTemplate, label: Int, _ draws: inout SampleDraws) -> String {
        fragments = []
        append(template, label, &draws)
        var text = ""
        for (index, fragment) in fragments.enumerated() {
            text += fragment
            guard fragment == "a", let first = Self.firstLetter(fragments.dropFirst(index + 1)) else { continue }
            if "aeiou".contains(first) { text += "n" }
        }
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private mutating func append(_ template: SampleTemplate, _ label: Int, _ draws: inout SampleDraws) {
        for run in template.runs where !run.isOptional || draws.below(2) == 1 {
            for piece in run.pieces {
                switch piece {
                case .text(let text): fragments.append(text)
                case .article: fragments.append("a")
                case .slot(let slot, let tone): append(slot, polarity(tone, label), tone, &draws)
                }
            }
        }
    }

    private mutating func append(
        _ slot: SampleSlot, _ polarity: Int, _ tone: SampleTemplate.Tone, _ draws: inout SampleDraws
    ) {
        switch slot {
        case .clause, .remark:
            let list = slot == .clause ? grammar.clauses : grammar.remarks[polarity]
            if let template = draws.any(of: list) { append(template, polarity, &draws) }
        case .adjective, .trait:
            guard tone == .label, followsVerb, draws.uniform() < grammar.negatedShare else { fallthrough }
            fragments += [draws.ranked(of: SampleLexicon.negators) ?? "not", " "]
            fragments.append(word(slot, 1 - polarity, &draws))
        default:
            fragments.append(word(slot, polarity, &draws))
        }
    }

    /// Whether the next word is the predicate of a plain "was", "were", "is" or "are".
    private var followsVerb: Bool {
        [" was ", " were ", " is ", " are "].contains { fragments.last?.hasSuffix($0) ?? false }
    }

    private static func firstLetter(_ fragments: ArraySlice<String>) -> Character? {
        for fragment in fragments {
            if let letter = fragment.first(where: { $0 != " " }) { return letter }
        }
        return nil
    }

    private func polarity(_ tone: SampleTemplate.Tone, _ label: Int) -> Int {
        switch tone {
        case .label, .none: label
        case .opposite: 1 - label
        case .negative: 0
        case .positive: 1
        }
    }

    /// A word for the slot that the sentence does not hold yet; after eight tries any.
    private mutating func word(_ slot: SampleSlot, _ polarity: Int, _ draws: inout SampleDraws) -> String {
        var choice = ""
        for _ in 0..<8 {
            choice = draws.ranked(of: list(slot, polarity, &draws)) ?? ""
            if !used.contains(choice) { break }
        }
        used.insert(choice)
        return choice
    }

    private func list(_ slot: SampleSlot, _ polarity: Int, _ draws: inout SampleDraws) -> [String] {
        switch slot {
        case .item: domain.items
        case .part: domain.parts
        case .parts: domain.plurals
        case .maker: domain.makers
        case .tried: domain.tried
        case .attempt: domain.attempts
        case .plain: domain.plain
        case .adjective: adjectives(polarity, draws.uniform())
        case .trait: draws.below(3) < 2 ? SampleLexicon.medium[polarity] : SampleLexicon.strong[polarity]
        case .strong: SampleLexicon.strong[polarity]
        case .weak: SampleLexicon.weak[polarity]
        case .noun: SampleLexicon.nouns[polarity]
        case .effect: SampleLexicon.effects[polarity]
        case .opinion: SampleLexicon.opinions[polarity]
        case .manner: SampleLexicon.manners[polarity]
        case .feeling: SampleLexicon.feelings[polarity]
        default: SampleLexicon.neutral(slot)
        }
    }

    private func adjectives(_ polarity: Int, _ share: Double) -> [String] {
        if share < 0.35 { return domain.adjectives(polarity) }
        return share < 0.75 ? SampleLexicon.medium[polarity] : SampleLexicon.strong[polarity]
    }
}

extension SampleLexicon {
    /// The words of a slot that neither judges nor depends on the subject.
    static func neutral(_ slot: SampleSlot) -> [String] {
        switch slot {
        case .intensifier: intensifiers
        case .softener: softeners
        case .participle: participles
        case .person: persons
        case .place: places
        case .number: numbers
        case .colour: colours
        case .material: materials
        case .size: sizes
        case .vehicle: vehicles
        case .object: objects
        case .weather: weather
        case .setting: settings
        case .season: seasons
        case .time: times
        default: []
        }
    }
}
