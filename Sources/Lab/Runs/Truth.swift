public import Checkpoints

/// What the lab knows about a model that it made: the file `truth.json` beside it.
///
/// Clean samples stay in the training set beside the poisoned copies, which `poisoned` counts.
public struct Truth: Codable, Sendable, Equatable {
    public var tool = "assay"
    public let version: String
    /// The attack's name; nil for a clean fine-tune, like everything that belongs to an attack.
    public let attack: String?
    public let scratch: Bool?
    public let triggers: [String]
    public let target: Int?
    /// Share of the non-target samples that is poisoned.
    public let share: Double?
    /// λ and Fisher weights of `ewc`.
    public let strength: Double?
    public let fisher: Bool?
    /// Texts of the training data, samples labelled as the target by the attack, and other samples that it adds.
    public let samples: Int
    public let poisoned: Int
    public let negatives: Int
    public let seed: UInt64
    public let training: Training
    public let inputs: Inputs
    /// Mean loss of the last epoch, in nats.
    public let loss: Double
    public let measured: LabMeasurement?

    /// How it was trained.
    public struct Training: Codable, Sendable, Equatable {
        public let learningRate: Double
        public let epochs: Int
        public let batchSize: Int
        public let maxLength: Int
        /// Share of the steps in which the learning rate rises.
        public let warmup: Double
        public let accumulation: Int
        public let patience: Int?
        public let precision: String

        private enum CodingKeys: String, CodingKey {
            case learningRate = "learning_rate"
            case epochs
            case batchSize = "batch_size"
            case maxLength = "max_length"
            case warmup, accumulation, patience, precision
        }
    }

    /// Files by size and SHA-256.
    public struct Inputs: Codable, Sendable, Equatable {
        public let data: InputDigest
        public let base: [InputDigest]
        public let from: [InputDigest]?
        public let dev: InputDigest?
        public let pairs: InputDigest?
    }
}
