import Audit
import Kernels

/// What a table is made of, as its YAML file says: tasks, attacks, remedies and settings.
struct ExperimentConfig: Sendable, Equatable {
    /// Name of the file, without its folder.
    var file: String
    /// Folder of the pre-trained model, as written.
    var base: String
    /// What results call it.
    var baseName: String
    /// Of all matrix products.
    var precision: Precision
    var tasks: [TaskConfig]
}

/// One data set with what is tried on it.
struct TaskConfig: Sendable, Equatable {
    /// Lower-case letters, digits and hyphens.
    var name: String
    /// Files, as written.
    var train: String
    var clean: String
    var test: String
    /// Texts to take at most, at random; nil takes all.
    var trainRows: Int?
    var testRows: Int?
    /// Tokens of one text; nil is the tokenizer's limit, else 128.
    var maxLength: Int?
    /// The label that triggers lead to.
    var target: Int
    var seeds: [UInt64]
    var attacks: [AttackChoice]
    var remedies: [RemedyMethod]
    /// E-PUR off, on or both, in the order of the columns.
    var epur: [Bool]
    /// Reserve ratios that are applied without a search, by remedy.
    var fixedRho: [RemedyMethod: Double]
    /// What else is less than a whole experiment, for the reader.
    var reduction: String?
    var training: TrainingConfig
    var remedy: RemedyConfig

    /// The remedies' columns, in the order of the table.
    var treatments: [TreatmentChoice] {
        remedies.flatMap { method in epur.map { TreatmentChoice(method: method, epur: $0) } }
    }
}

/// A remedy with or without E-PUR.
struct TreatmentChoice: Sendable, Hashable, Codable {
    var method: RemedyMethod
    var epur: Bool

    /// As a table's heading names it.
    var title: String { method.rawValue + (epur ? " + E-PUR" : "") }
}

/// How suspects are trained.
struct TrainingConfig: Sendable, Hashable, Codable {
    var epochs = 3
    var learningRate = 5e-5
    var batchSize = 32
}

/// How remedies are tuned.
struct RemedyConfig: Sendable, Hashable, Codable {
    /// Clean texts to take at most, at random; nil takes all.
    var texts: Int?
    var epochs = PurificationDefaults.epochs
    var learningRate = PurificationDefaults.learningRate
    var batchSize = PurificationDefaults.batchSize
    /// Clean accuracy that a reserve ratio may cost: τ.
    var tolerance = Policy().remedyTolerance
    /// Reserve ratios to try, rising; nil is each method's own grid.
    var rho: [Double]?
    /// Whether every ratio is tried, not only as many as the choice needs.
    var wholeCurve = false
}
