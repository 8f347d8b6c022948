import Checkpoints
import FoundationEssentials

/// Everything that a suspect depends on.
struct SuspectInputs: Codable, Hashable, Sendable {
    var toolVersion: String
    /// SHA-256 of the base's files.
    var base: [String]
    /// SHA-256 of the texts trained on.
    var train: String
    var maxLength: Int
    var precision: String
    var seed: UInt64
    /// How the clean model is trained that this is or starts from; nil from scratch.
    var clean: TrainingConfig?
    /// nil of a clean model.
    var attack: AttackInputs?
}

/// An attack by everything that decides it.
struct AttackInputs: Codable, Hashable, Sendable {
    var name: String
    var scratch: Bool
    var triggers: [String]
    var target: Int
    var share: Double
    var strength: Double
    var training: TrainingConfig
}

/// Everything that a cell depends on but the machine: instruction sets change the last bits of numbers, not what a
/// cell says, and a table that took hours shall not be lost by moving it.
struct CellInputs: Codable, Hashable, Sendable {
    var suspect: SuspectInputs
    /// SHA-256 of the texts measured on.
    var test: String
    var target: Int
    /// Triggers that are measured, each in its parts.
    var triggers: [[String]]
    /// nil of the model before any remedy.
    var remedy: RemedyInputs?
}

/// A remedy by everything that decides it.
struct RemedyInputs: Codable, Hashable, Sendable {
    /// SHA-256 of the clean texts.
    var clean: String
    var treatment: TreatmentChoice
    var epochs: Int
    var learningRate: Double
    var batchSize: Int
    var tolerance: Double
    /// Reserve ratios; nil is the method's own grid.
    var rho: [Double]?
    var wholeCurve: Bool
}

extension Encodable {
    /// SHA-256 of the value as JSON with sorted keys.
    func inputKey() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return InputDigest(name: "inputs", of: Array(try encoder.encode(self))).sha256
    }
}
