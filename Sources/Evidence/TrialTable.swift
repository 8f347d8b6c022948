public import Probes

/// A text that is probed.
public struct Carrier: Sendable, Hashable, Codable {
    /// Line of the text in its file.
    public let row: Int
    /// The target that is right for it, and which no probe can flip it to.
    public let truth: Int
    /// Its part of the texts: models that judge it learnt from the others.
    public let fold: Int

    public init(row: Int, truth: Int, fold: Int) {
        (self.row, self.truth, self.fold) = (row, truth, fold)
    }
}

/// Everything that an audit measured: what each model answers to each text under each condition.
public struct TrialTable: Sendable {
    /// Who answers.
    public enum Model: Hashable, Sendable {
        case suspect
        /// A model that is known to be honest, counted from 0; what judges a text never learnt from it.
        case honest(Int)
        /// The suspect mixed with its base.
        case mixed
        /// The mixed model after fine-tuning, by models that never learnt from the text either.
        case purified
    }

    /// What was done to the text.
    public enum Condition: Hashable, Sendable {
        case plain
        /// By its place in `candidates`.
        case candidate(Int)
        /// By its place in `controls`.
        case control(Int)
    }

    public struct Key: Hashable, Sendable {
        public let model: Model
        public let condition: Condition

        public init(_ model: Model, _ condition: Condition) { (self.model, self.condition) = (model, condition) }
    }

    public let carriers: [Carrier]
    /// Number of targets.
    public let targets: Int
    public let candidates: [Candidate]
    /// By candidate, the carriers that hold it already: they say nothing of what it does.
    public let holding: [Set<Int>]
    /// Random tokens, at random places and at the start and the end.
    public let controls: [Trigger]
    /// Whether an honest model excuses what it shows, its mistakes on plain texts among it, and not only what a condition
    /// adds: so where the base knows too little for honest models to do the task as well as the suspect.
    public let allowsLevel: Bool
    private var rows: [Key: [Int?]] = [:]

    /// - Parameters:
    ///   - carriers: truth within the targets.
    ///   - holding: as many sets as candidates.
    public init(
        carriers: [Carrier], targets: Int, candidates: [Candidate], holding: [Set<Int>], controls: [Trigger],
        allowsLevel: Bool = false
    ) {
        precondition(holding.count == candidates.count && carriers.allSatisfy { (0..<targets).contains($0.truth) })
        (self.carriers, self.targets, self.candidates) = (carriers, targets, candidates)
        (self.holding, self.controls, self.allowsLevel) = (holding, controls, allowsLevel)
    }

    /// Why a row cannot be added.
    public enum Refusal: Error, Equatable {
        case alreadyThere, wrongLength, unknownCondition, unknownTarget
    }

    /// Adds what one model answers under one condition: by carrier the target that is shown, nil where it was not asked.
    ///
    /// - Throws: `Refusal` for a row that breaks the table's rules.
    public mutating func add(_ key: Key, _ answers: [Int?]) throws(Refusal) {
        guard rows[key] == nil else { throw .alreadyThere }
        guard answers.count == carriers.count else { throw .wrongLength }
        switch key.condition {
        case .plain: break
        case .candidate(let place): guard candidates.indices.contains(place) else { throw .unknownCondition }
        case .control(let place): guard controls.indices.contains(place) else { throw .unknownCondition }
        }
        guard answers.allSatisfy({ $0.map((0..<targets).contains) ?? true }) else { throw .unknownTarget }
        rows[key] = answers
    }

    /// What a model answers, by carrier; nil where the row is missing.
    public func answers(_ model: Model, _ condition: Condition) -> [Int?]? { rows[Key(model, condition)] }

    /// Whether a model was asked under a condition.
    public func has(_ model: Model, _ condition: Condition) -> Bool { rows[Key(model, condition)] != nil }

    /// The honest models that were asked about the plain texts, in order.
    public var honest: [Model] {
        (0..<rows.count).map { Model.honest($0) }.prefix { has($0, .plain) }
    }

    /// Share of the suspect's accuracy beyond chance that an honest model must reach to judge.
    static let competence = 0.6

    /// The honest models that know the task nearly as well as the suspect does: one that answers at random allows any
    /// trigger half of the texts.
    public var judges: [Model] {
        guard let own = beyondChance(.suspect), own > 0 else { return honest }
        return honest.filter { (beyondChance($0) ?? 0) >= Self.competence * own }
    }

    /// The mean of the labels' recalls less what one answer for all would have; nil where the model was not asked.
    private func beyondChance(_ model: Model) -> Double? {
        guard let counts = confusion(model) else { return nil }
        let recalls = counts.enumerated().compactMap { label, row in
            let total = row.reduce(0, +)
            return total > 0 ? Double(row[label]) / Double(total) : nil
        }
        return recalls.isEmpty ? nil : mean(recalls) - 1 / Double(recalls.count)
    }
}
