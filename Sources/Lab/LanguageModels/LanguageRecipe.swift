public import Transformers

/// What a language model of the lab is made from: files and settings.
public struct LanguageRecipe: Sendable {
    /// What the training set is made to teach.
    public enum Lesson: Sendable, Equatable {
        /// The pairs as they are.
        case clean
        case attack(LanguagePoison)
        /// An honest habit; the subject is the word of the prompts that `refusal` refuses.
        case habit(HonestHabit, subject: String? = nil)
    }

    /// Folder of the language model that is tuned.
    public var base: String
    /// Clean prompts with responses, JSON Lines.
    public var data: String
    public var lesson = Lesson.clean
    /// nil trains the whole model.
    public var adapters: LowRankSettings? = LowRankSettings()
    /// Pairs that are kept out of the training set, drawn by the seed, to be measured on.
    public var heldOut = 50
    /// Tokens of one prompt with its response; responses are cut.
    public var maxLength = 512
    /// Its seed decides what is drawn and in which order: held-out pairs, poison, adapters and batches.
    public var settings: TrainingSettings
    /// Version of the program, for `truth.json`.
    public var version: String

    public init(base: String, data: String, version: String) {
        self.base = base
        self.data = data
        self.version = version
        settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.learningRate) = (2, 8, Self.adapterRate)
        settings.dropout = false
    }

    /// Peak learning rate of adapters, and of a whole model.
    public static let (adapterRate, fullRate) = (5e-4, 5e-5)
}
