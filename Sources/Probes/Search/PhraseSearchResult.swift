/// Phrases that a search found to flip texts, and at what cost.
public struct PhraseSearchResult: Sendable, Equatable, Codable {
    /// Where a phrase's tokens came from.
    public enum Origin: String, Sendable, Codable {
        /// Suspicious tokens alone.
        case suspicious
        /// The whole vocabulary.
        case free
    }

    /// A phrase and what it does to texts of other labels.
    public struct Phrase: Sendable, Equatable, Codable {
        public let ids: [Int32]
        /// The string that gives these ids.
        public let text: String
        public let origin: Origin
        public let tally: FlipTally
    }

    /// What was found for one target, strongest first: by hits, then the shorter, then by log-odds.
    public struct Target: Sendable, Equatable, Codable {
        public let label: Int
        /// Of the phrases that can be typed.
        public let phrases: [Phrase]
        /// Forward passes; a backward pass counts as two.
        public let passes: Int
    }

    /// By label.
    public let targets: [Target]

    /// Forward passes for all targets; a backward pass counts as two.
    public var passes: Int { targets.reduce(0) { $0 + $1.passes } }
}
