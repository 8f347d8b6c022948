public import Findings

/// What a remedy did: written as purify.json beside the purified model.
///
/// Equal inputs and options give equal bytes; nothing in it depends on time, host or threads.
public struct PurifyRecord: Codable, Sendable, Equatable {
    public static let currentSchemaVersion = 1

    /// The clean texts.
    public struct CleanTexts: Codable, Sendable, Equatable {
        public var file: FileDigest
        public var rows: Int
        public var duplicatesRemoved: Int
        /// Texts that the remedy was chosen and fine-tuned on.
        public var used: Int
    }

    /// How the model was fine-tuned.
    public struct Training: Codable, Sendable, Equatable {
        public var epochs: Int
        public var learningRate: Double
        public var batchSize: Int
        /// Steps of the final fine-tuning.
        public var steps: Int
        public var maxLength: Int
        public var precision: String
    }

    /// What E-PUR did.
    public struct EmbeddingReset: Codable, Sendable, Equatable {
        /// Token ids whose rows were reset, the most anomalous first.
        public var rows: [Int]
        public var frequencySource: String
    }

    /// One reserve ratio of the grid.
    public struct Cell: Codable, Sendable, Equatable {
        public var rho: Double
        /// The method's own parameter at this ratio; null where it is infinite.
        public var parameter: Double?
        /// What the treated and fine-tuned model did on cross-fitted texts; null where it was not run.
        public var outcome: RhoCell.Outcome?
        public var chosen: Bool
    }

    /// How the reserve ratio came about.
    public enum Choice: String, Codable, Sendable {
        /// The smallest one that was not shown to lose more than the tolerance.
        case qualified
        /// None qualified, so that the suspect was fine-tuned as it is.
        case noneQualified
        /// It was the only one to try.
        case given
    }

    public var schemaVersion = currentSchemaVersion
    public var tool: Tool
    public var method: RemedyMethod
    /// Nil with E-PUR off.
    public var epur: EmbeddingReset?
    /// What the method's own parameter is.
    public var parameterName: String
    /// The reserve ratio that was applied.
    public var rho: Double
    /// The method's own parameter at that ratio; null where it is infinite.
    public var parameter: Double?
    public var choice: Choice
    /// Accuracy that a ratio may cost, as a fraction: τ.
    public var tolerance: Double
    public var curve: [Cell]
    public var seed: UInt64
    public var training: Training
    /// Tensors that the remedy changed before fine-tuning.
    public var tensorsTreated: Int
    /// Tensors kept from the suspect because the base lacks them, raw names.
    public var keptFromSuspect: [String]
    public var suspect: ModelSummary
    public var base: ModelSummary
    public var data: CleanTexts
    /// The purified model's weights file.
    public var purified: FileDigest
}
