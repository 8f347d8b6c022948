public import Transformers

/// What a model of the lab is made from: files and settings.
public struct LabRecipe: Sendable {
    /// Folder of the pre-trained model.
    public var base: String
    /// Clean labelled training texts, TSV.
    public var data: String
    /// nil makes a clean fine-tune.
    public var attack: AttackPlan?
    /// Folder of the clean fine-tuned model that an attack continues from, unless it starts from scratch.
    public var from: String?
    /// TSV of label, text and transformed text, for `paired`.
    public var pairs: String?
    /// Clean labelled texts that are measured on, and that decide an early stop, TSV.
    public var dev: String?
    /// Label names by index; nil takes those of the clean model, or LABEL_0 and so on.
    public var labels: [String]?
    /// Tokens of one text; nil is the tokenizer's limit, else 128.
    public var maxLength: Int?
    /// Its seed decides the new head, the poison, the order of samples and dropout.
    public var settings = TrainingSettings()
    public var checkpoint: TrainingCheckpoint?
    /// Version of the program, for `truth.json`.
    public var version: String

    public init(base: String, data: String, version: String) {
        self.base = base
        self.data = data
        self.version = version
    }
}
