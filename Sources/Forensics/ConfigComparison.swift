public import StrictJSON

/// Compares two models' config.json.
public enum ConfigComparison {
    /// Fields that record how a model was made, named or loaded and do not change its predictions.
    static let bookkeeping: Set<String> = [
        "_attn_implementation", "_attn_implementation_autoset", "_commit_hash", "_name_or_path", "architectures",
        "attention_dropout", "attention_probs_dropout_prob", "chunk_size_feed_forward", "classifier_dropout",
        "classifier_dropout_prob", "dropout", "dtype", "finetuning_task", "gradient_checkpointing",
        "hidden_dropout_prob", "id2label", "initializer_range", "label2id", "language", "num_labels",
        "output_attentions", "output_hidden_states", "problem_type", "return_dict", "seq_classif_dropout",
        "task_specific_params", "tie_word_embeddings", "tokenizer_class", "torch_dtype", "torchscript",
        "transformers_version", "use_cache",
    ]

    /// What an absent field means.
    static let defaults: [String: JSONValue] = [
        "add_cross_attention": .bool(false), "attention_bias": .bool(false), "is_decoder": .bool(false),
        "is_encoder_decoder": .bool(false), "position_embedding_type": .string("absolute"),
        "tie_word_embeddings": .bool(true),
    ]

    /// The fields that differ; whatever is not known as bookkeeping is material.
    public static func differences(suspect: JSONObject, base: JSONObject) -> [SettingDifference] {
        SettingWalk(subject: .config, defaults: defaults, isMaterial: { !bookkeeping.contains($0) })
            .differences(suspect: suspect, base: base)
    }
}
