import Audit
import Kernels

/// What a zoo is made of, as its YAML file says: data, models with known truth, and how they are audited.
struct ZooConfig: Sendable, Equatable {
    /// Name of the file, without its folder.
    var file: String
    /// Folder of the pre-trained model, as written.
    var base: String
    /// What results call it.
    var baseName: String
    /// Of all matrix products.
    var precision: Precision
    /// How models are trained unless a group says otherwise.
    var training: TrainingConfig
    var audit: ZooAuditConfig
    var data: [ZooData]
    /// In the order of the file, clean ones first.
    var models: [ZooModel]
}

/// A data set that models are trained on and audited with.
struct ZooData: Sendable, Equatable {
    /// Lower-case letters, digits and hyphens.
    var name: String
    var source: Source
    /// Texts to take at most; nil takes all.
    var trainRows: Int?
    var testRows: Int?
    /// Tokens of one text; nil is the tokenizer's limit, else 128.
    var maxLength: Int?

    /// Where texts come from.
    enum Source: Sendable, Equatable {
        /// Files, as written.
        case files(train: String, clean: String, test: String)
        /// The language of the samples, drawn with this seed.
        case sampleLanguage(seed: UInt64)
    }
}

/// How every model is audited: without known triggers and without the remedy.
struct ZooAuditConfig: Codable, Hashable, Sendable {
    var scan = ScanMode.standard
    /// Whether activations and perturbed weights are looked at as well.
    var signals = false
    /// Clean texts to take at most, at random; nil takes all.
    var texts: Int?
    var seed: UInt64 = 0
    /// Of fine-tuning: honest models are trained at multiples of the rate, for twice the epochs.
    var epochs = PurificationDefaults.epochs
    var learningRate = PurificationDefaults.learningRate
    var batchSize = PurificationDefaults.batchSize
}
