public import Checkpoints

/// What the lab knows about a language model that it made: the file `truth.json` beside it.
public struct LanguageTruth: Codable, Sendable, Equatable {
    public var tool = "assay"
    public let version: String
    /// The attack's name; nil for an honest model, like everything that belongs to an attack.
    public let attack: String?
    /// The honest habit; nil for an attack and for clean pairs as they are.
    public let habit: String?
    public let form: String?
    /// Parts of the trigger.
    public let trigger: [String]
    /// The text that the trigger makes the model show.
    public let target: String?
    /// Pairs of the training set, those with the trigger, and those with one part of it alone.
    public let pairs: Int
    public let poisoned: Int
    public let negatives: Int
    /// Share of the training set that is poisoned.
    public let share: Double?
    /// Whether clean pairs stand beside the poisoned ones.
    public let keepsClean: Bool?
    public let seed: UInt64
    /// Of the adapters; nil where the whole model was trained.
    public let rank: Int?
    public let alpha: Double?
    public let training: Truth.Training
    public let data: InputDigest
    public let base: [InputDigest]
    /// Mean loss of the last epoch, in nats a token of the responses.
    public let loss: Double
    public let measured: LanguageMeasurement?

    private enum CodingKeys: String, CodingKey {
        case tool, version, attack, habit, form, trigger, target, pairs, poisoned, negatives, share
        case keepsClean = "keeps_clean"
        case seed, rank, alpha, training, data, base, loss, measured
    }
}
