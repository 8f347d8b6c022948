import Audit
import Checkpoints
import Findings

/// What one cell found: a file of its own. Rates are fractions, 0 to 1; times are seconds.
struct CellRecord: Codable, Sendable, Equatable {
    static let currentSchemaVersion = 1

    var schemaVersion = currentSchemaVersion
    var cell: CellID
    /// SHA-256 of `inputs`: a cell under another one is measured anew.
    var key: String
    var inputs: CellInputs
    /// Where the experiment falls short of the whole data and grid, a phrase each.
    var reductions: [String]
    /// nil where the cell failed.
    var measured: ModelMeasurement?
    /// nil before any remedy.
    var purified: Purified?
    var suspect: SuspectRecord?
    /// Time of the cell alone, without the suspect's training.
    var seconds: Double
    var machine: String
    /// Why it failed, one sentence.
    var error: String?

    /// What the remedy did.
    struct Purified: Codable, Sendable, Equatable {
        var rho: Double
        var choice: PurifyRecord.Choice
        /// Every reserve ratio of the grid; those that the choice did not need have no outcome.
        var curve: [PurifyRecord.Cell]
        /// Steps of the final fine-tuning.
        var steps: Int
        /// Clean texts that were used.
        var texts: Int
        /// Embedding rows that E-PUR reset.
        var rowsReset: Int
    }
}

/// What is known about a suspect that was trained.
struct SuspectRecord: Codable, Sendable, Equatable {
    /// SHA-256 of its inputs.
    var key: String
    var seconds: Double
    var samples: Int
    var poisoned: Int
    /// Mean loss of the last epoch, in nats.
    var loss: Double
    var weights: InputDigest
}

/// How a model does on the test texts.
struct ModelMeasurement: Codable, Sendable, Equatable {
    /// ACC, on all test texts.
    var accuracy: Rate
    /// ASR, the mean over the triggers, on distinct texts of other labels than the target.
    var attackSuccess: Rate
    /// The same texts predicted as the target without a trigger.
    var floor: Rate
    var triggers: [TriggerRate]
    /// Mean negative log-likelihood of the true label, in nats.
    var logLoss: Double

    /// One trigger by itself.
    struct TriggerRate: Codable, Sendable, Equatable {
        var trigger: String
        var success: Rate
    }
}
