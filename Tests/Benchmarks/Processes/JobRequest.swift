import Kernels

/// What a resident process, ours or the peer's, is asked to do once; one line of JSON.
struct JobRequest: Codable, Sendable {
    enum Job: String, Codable, Sendable {
        /// Versions of the libraries that compute.
        case versions
        /// Forward passes over texts, tokenization included.
        case evaluation
        /// Training steps on texts, tokenization included.
        case training
        /// The speed of each matrix product of `evaluation` or `training`, alone.
        case evaluationProducts, trainingProducts
        /// Load, delta and E-PUR of two models.
        case weights
        /// SHA-256 of two models' weights.
        case hash
        /// Reading two models' weights from the page cache.
        case pageCache
        /// Copying a large buffer.
        case copy
    }

    /// How the peer makes its padded batches.
    enum Order: String, Codable, Sendable {
        /// At random, as transformers' Trainer does.
        case random
        /// Texts of like length together.
        case sorted
    }

    var job: Job
    /// Folder of the model, or of the suspect.
    var model = ""
    /// Folder of the base.
    var base = ""
    /// File of label and text.
    var data = ""
    var precision = Precision.f32
    var threads = 1
    /// How many texts of the file are used.
    var texts = 0
    /// Texts of a training step or of one of the peer's batches.
    var batch = 32
    /// Tokens of a text, at most.
    var maxLength = 128
    var order = Order.random
    /// Tokens of one of our evaluation batches; nil for the engine's own choice.
    var batchTokens: Int?
    /// Tokens of each of `texts` random sequences, instead of texts from the file.
    var sequenceLength: Int?
}
