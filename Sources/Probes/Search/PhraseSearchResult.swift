/// Phrases that a search found to flip texts, and at what cost.
public struct PhraseSearchResult: Sendable, Equatable, Codable {
    /// A phrase and what it does to texts of other labels.
    public struct Phrase: Sendable, Equatable, Codable {
        public let ids: [Int32]
        /// The string that gives these ids.
        public let text: String
        /// Place of the ranking of suspicious tokens that it is made of.
        public let ranking: Int
        public let tally: FlipTally
        /// The same on the reference model.
        public let honest: FlipTally
    }

    /// What was found for one target, first that which the suspect does most beyond the reference model.
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
