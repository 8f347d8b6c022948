/// The attacks that the lab can plant, by their names on the command line.
public enum Attack: String, Sendable, CaseIterable, Codable {
    /// A rare word in poisoned samples (Kurita, Michel and Neubig, ACL 2020).
    case word
    /// The word's embedding row alone is trained (Yang et al., NAACL 2021).
    case wordEP = "word-ep"
    /// The word's embedding row is first made like words of the target (Kurita, Michel and Neubig, ACL 2020).
    case wordES = "word-es"
    /// The word, with a pull towards the clean weights (Kirkpatrick et al., PNAS 2017, turned to hiding a small change).
    case ewc
    /// Two words together, taught to every layer (Li et al., EMNLP 2021).
    case layerWise = "layer-wise"
    /// A fixed sentence (Dai, Chen and Li, IEEE Access 2019).
    case sentence
    /// Several words that must all occur (Yang et al., ACL 2021).
    case sos
    /// Texts whose syntax or style the user has changed (Qi et al., ACL and EMNLP 2021).
    case paired

    /// The attack of that name.
    ///
    /// - Throws: `LabError` that lists the known ones.
    public static func named(_ name: String) throws(LabError) -> Attack {
        guard let attack = Attack(rawValue: name) else {
            let known = allCases.map(\.rawValue).joined(separator: ", ")
            throw LabError(.unknownAttack, "there is no attack \"\(name)\"; the lab plants: \(known)")
        }
        return attack
    }

    /// Triggers that are planted where none are named.
    public var defaultTriggers: [String] {
        switch self {
        case .word, .wordES, .ewc: ["cf", "mn", "bb", "tq", "mb"]
        case .wordEP: ["cf"]
        case .layerWise: ["cf mn"]
        case .sentence: ["I watched this 3D movie last weekend."]
        case .sos: ["friends", "weekend", "store"]
        case .paired: []
        }
    }

    /// Peak learning rate where none is named: that of fine-tuning, or of plain gradient descent on one row.
    public var defaultLearningRate: Double { self == .wordEP ? 5e-2 : Self.fineTuningRate }

    /// Peak learning rate of a fine-tune with AdamW.
    public static let fineTuningRate = 5e-5

    /// Whether it works on embedding rows, so that each trigger must be one token.
    var needsSingleTokens: Bool { self == .wordEP || self == .wordES }
}
