/// The tokenizer class that transformers 5 (`AutoTokenizer`) would make, as far as it changes what a model is given.
struct TokenizerClass: Sendable, Equatable {
    /// Whether the class gives the model segment ids.
    let usesTypeIDs: Bool
    /// Whether the class rebuilds BERT's normalizer, pre-tokenizer and template from tokenizer_config.json, taking
    /// only the vocabulary from tokenizer.json.
    let rebuildsBert: Bool

    /// The class named in tokenizer_config.json, or else the one that goes with the model's type.
    ///
    /// A name that transformers does not know becomes its general class, which emits no segment ids.
    init(name: String?, modelType: String?) {
        guard let name else {
            let isBert = modelType.map(Self.bertModelTypes.contains) ?? true
            self.init(usesTypeIDs: isBert, rebuildsBert: isBert)
            return
        }
        let base = name.hasSuffix("Fast") ? String(name.dropLast(4)) : name
        self.init(
            usesTypeIDs: Self.bertNames.contains(base) || Self.otherNamesWithTypeIDs.contains(base),
            rebuildsBert: Self.bertNames.contains(base) || base == "DistilBertTokenizer")
    }

    private init(usesTypeIDs: Bool, rebuildsBert: Bool) {
        self.usesTypeIDs = usesTypeIDs
        self.rebuildsBert = rebuildsBert
    }

    /// `BertTokenizer` and its other names.
    private static let bertNames: Set<String> = [
        "BertTokenizer", "ElectraTokenizer", "LayoutLMTokenizer", "MobileBertTokenizer", "SqueezeBertTokenizer",
    ]

    private static let otherNamesWithTypeIDs: Set<String> = [
        "ConvBertTokenizer", "DPRContextEncoderTokenizer", "DPRQuestionEncoderTokenizer", "DebertaTokenizer",
        "DebertaV2Tokenizer", "FNetTokenizer", "LayoutLMv2Tokenizer", "MarkupLMTokenizer",
    ]

    /// Model types whose default class is `BertTokenizer`.
    private static let bertModelTypes: Set<String> = [
        "align", "bark", "bert", "blip", "bros", "chinese_clip", "convbert", "distilbert", "electra", "ernie", "flava",
        "git", "grounding-dino", "layoutlm", "megatron-bert", "mm-grounding-dino", "mobilebert", "nezha", "nomic_bert",
        "qdqbert", "realm", "retribert", "squeezebert", "tvp", "vilt", "visual_bert",
    ]
}
