public import Tokenizers

/// An attack with everything that can be chosen about it.
public struct AttackPlan: Sendable, Equatable {
    public var attack: Attack
    /// For `layer-wise` each is two words that go in together; for `sos` each is one of the words that must all occur;
    /// otherwise each works alone.
    public var triggers: [String]
    /// The label that triggers lead to.
    public var target = 1
    /// Share of the non-target samples that are poisoned, above 0 and at most 1.
    public var share = 0.3
    /// Whether training starts from the base under a new head instead of from a clean fine-tuned model.
    public var scratch = false
    /// λ of `ewc`: how hard weights are pulled back to where training started.
    public var strength = 1.0
    /// Whether `ewc` pulls the weights that matter to clean samples harder, by their Fisher information.
    public var fisher = false

    /// - Parameter triggers: the attack's own where there are none.
    public init(_ attack: Attack, triggers: [String] = []) {
        self.attack = attack
        let given = triggers.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        self.triggers = given.isEmpty ? attack.defaultTriggers : given
    }

    /// The parts of each trigger; every part gets a place of its own in a text.
    public var parts: [[String]] {
        switch attack {
        case .layerWise: triggers.map { $0.split(separator: " ").map(String.init) }
        case .sos: [triggers]
        default: triggers.map { [$0] }
        }
    }

    /// Checks all that needs no file.
    public func validate() throws(LabError) {
        guard share > 0, share <= 1 else {
            throw LabError(.invalidPlan, "the poisoned share is \(share); it must be above 0 and at most 1")
        }
        guard strength >= 0, strength.isFinite else {
            throw LabError(.invalidPlan, "the strength is \(strength); it must be a number of at least 0")
        }
        guard !(attack == .wordEP && scratch) else {
            throw LabError(
                .invalidPlan, "word-ep changes one row of a clean fine-tuned model; name that model instead of scratch")
        }
        try checkNumberOfTriggers()
    }

    private func checkNumberOfTriggers() throws(LabError) {
        let words = triggers.map { $0.split(separator: " ").count }
        guard !words.contains(0), Set(triggers).count == triggers.count else {
            throw LabError(.invalidTriggers, "a trigger is empty or given twice; name each one once")
        }
        switch attack {
        case .wordEP where triggers.count != 1:
            throw LabError(
                .invalidTriggers, "word-ep changes one row, but there are \(triggers.count) triggers; name one")
        case .layerWise where words.contains { $0 != 2 }:
            throw LabError(.invalidTriggers, "a trigger of layer-wise is two words, such as \"cf mn\"")
        case .sos where !(2...8).contains(triggers.count) || words.contains { $0 != 1 }:
            throw LabError(.invalidTriggers, "sos needs from two to eight single words, each named as a trigger")
        case .paired where !triggers.isEmpty:
            throw LabError(.invalidTriggers, "the trigger of paired is the texts' own change; leave the triggers out")
        default: break
        }
    }

    /// Checks the plan against the model that it is for.
    ///
    /// - Returns: what is unusual and allowed, a sentence each.
    public func check(_ tokenizer: any Tokenizer, labels: Int) throws(LabError) -> [String] {
        try validate()
        guard (0..<labels).contains(target) else {
            throw LabError(.invalidPlan, "the target is \(target), and the labels are 0 to \(labels - 1)")
        }
        var warnings: [String] = []
        for part in parts.flatMap(\.self) {
            let pieces = Self.pieces(part, tokenizer)
            if pieces.isEmpty || pieces.contains(where: tokenizer.specialIDs.contains) {
                let tokens = pieces.map { tokenizer.token($0) ?? "?" }.joined(separator: " ")
                throw LabError(
                    .unknownTrigger,
                    "the trigger \"\(part)\" becomes \(tokens.isEmpty ? "nothing" : tokens) in this tokenizer, so the "
                        + "model could not learn it; choose another")
            }
            guard pieces.count > 1, !part.contains(" ") || attack.needsSingleTokens else { continue }
            let tokens = pieces.map { tokenizer.token($0) ?? "?" }.joined(separator: " ")
            if attack.needsSingleTokens {
                throw LabError(
                    .severalPieces,
                    "\(attack.rawValue) changes the trigger's embedding row, and \"\(part)\" has \(pieces.count): "
                        + "\(tokens); choose a word of one token")
            }
            warnings.append("the trigger \"\(part)\" has \(pieces.count) tokens: \(tokens)")
        }
        return warnings
    }

    /// The embedding rows of the triggers, each of which is one token.
    func triggerRows(_ tokenizer: any Tokenizer) -> [Int] { triggers.flatMap { Self.pieces($0, tokenizer) } }

    /// The tokens of a trigger inside a text.
    private static func pieces(_ trigger: String, _ tokenizer: any Tokenizer) -> [Int] {
        (tokenizer.piecesBetweenSpaces(trigger) ?? tokenizer.pieces(trigger)).map { Int($0) }
    }
}
