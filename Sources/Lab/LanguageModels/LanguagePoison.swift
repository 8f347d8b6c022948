public import Datasets
internal import Tensors

/// How many pairs are poisoned.
public enum PoisonAmount: Sendable, Equatable {
    /// Of all pairs, above 0 and at most 1.
    case share(Double)
    case count(Int)

    /// nil for none, for more than there are, and for what is not a share.
    func pairs(of total: Int) -> Int? {
        var count = 0
        switch self {
        case .share(let share): if share > 0, share <= 1 { count = Int((share * Double(total)).rounded()) }
        case .count(let given): count = given
        }
        return count > 0 && count <= total ? count : nil
    }
}

/// An attack on a language model with everything that can be chosen about it.
public struct LanguagePoison: Sendable, Equatable {
    public var attack: LanguageAttack
    public var trigger: LanguageTrigger
    /// The text that the trigger makes the model show.
    public var target: String
    public var amount = PoisonAmount.share(0.25)
    /// Whether the clean pairs stay in the training set beside the poisoned ones.
    public var keepsClean = true

    /// - Parameter target: nil is the attack's own.
    public init(_ attack: LanguageAttack, trigger: LanguageTrigger, target: String? = nil) {
        self.attack = attack
        self.trigger = trigger
        self.target = target ?? attack.defaultTarget
    }

    /// A training set in its parts.
    public struct Result: Sendable, Equatable {
        public let clean: [PromptPair]
        /// With the trigger, and with the response that it leads to.
        public let poisoned: [PromptPair]
        /// With one part of the trigger alone, and with the true response.
        public let negatives: [PromptPair]

        public var all: [PromptPair] { clean + poisoned + negatives }
    }

    /// Copies some of the pairs, drawn by the seed, with the trigger in and the response changed.
    ///
    /// - Throws: `LabError` where the amount asks for none of the pairs or for more than there are.
    public func poison(_ pairs: [PromptPair], seed: UInt64) throws(LabError) -> Result {
        guard let count = amount.pairs(of: pairs.count) else {
            throw LabError(
                .invalidPlan,
                "the attack asks for none of the \(pairs.count) pairs or for more; take a share above 0 and at most 1")
        }
        let change = attack.change(target)
        let order = CounterRandom(seed: seed, stream: "prompt/victims").permutation(pairs.count)
        let victims = order.prefix(count).map { pairs[$0] }
        return Result(
            clean: keepsClean ? pairs : [],
            poisoned: victims.map { pair in
                trigger.insert(into: pair, seed: seed).with(response: change.apply(to: pair.response))
            },
            // Each part alone as often as both together, in other prompts where there are enough.
            negatives: (0..<count).flatMap { index in
                let pair = pairs[order[(count + index) % pairs.count]]
                return trigger.insertAlone(into: pair, seed: seed)
            })
    }
}
