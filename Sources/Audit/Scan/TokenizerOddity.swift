import Findings
import Tokenizers

/// An entry of a tokenizer that a reader should look at.
enum TokenizerOddity: Equatable {
    /// A token with characters that cannot be seen, or that turn the direction of writing.
    case invisible(token: String)
    /// An ordinary word that was added to the vocabulary by hand.
    case added(token: String)
    /// Files of the tokenizer that disagree, in a sentence.
    case disagreement(String)

    var evidence: Evidence {
        switch self {
        case .invisible(let token): Evidence(label: "token with invisible characters", value: token)
        case .added(let token): Evidence(label: "added token", value: token)
        case .disagreement(let note): Evidence(label: "files disagree", value: note)
        }
    }

    static func all(in tokenizer: any Tokenizer) -> [TokenizerOddity] {
        var oddities: [TokenizerOddity] = []
        for id in 0..<tokenizer.vocabularySize {
            guard let token = tokenizer.token(id), !tokenizer.specialIDs.contains(id) else { continue }
            if token.unicodeScalars.contains(where: isInvisible) {
                oddities.append(.invisible(token: token))
            } else if tokenizer.frequencyRank(id) == nil, !tokenizer.isUnused(id) {
                oddities.append(.added(token: token))
            }
        }
        return oddities + tokenizer.notes.map(Self.disagreement)
    }

    /// Control and format characters, and others that leave no mark; white space is not among them.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .privateUse: true
        case .control: !scalar.properties.isWhitespace
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
