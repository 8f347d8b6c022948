public import Checkpoints

extension TensorName {
    /// The first component of the shared form.
    var head: Substring { canonical.prefix { $0 != "." } }

    /// Whether a suspect may have this tensor without its base having it: a classification head, a pooler, a buffer.
    var isExpectedInSuspectAlone: Bool {
        ["classifier", "pre_classifier", "score", "pooler", "head"].contains(String(head)) || isPositionBuffer
            || isConstantOfALayer
    }

    /// Whether no training changes this tensor: position numbers, masks, rotary frequencies.
    public var isConstant: Bool { isPositionBuffer || isConstantOfALayer }

    /// Constants that older checkpoints store in every layer: GPT-2's causal mask, rotary frequencies.
    private var isConstantOfALayer: Bool {
        ["attn.bias", "attn.masked_bias", "self_attn.rotary_emb.inv_freq"].contains(kind)
    }

    /// Whether a base may have this tensor without its fine-tune having it: heads of pre-training, a pooler, a buffer.
    var isExpectedInBaseAlone: Bool {
        let heads = [
            "cls", "lm_head", "vocab_transform", "vocab_layer_norm", "vocab_projector", "generator_predictions",
            "generator_lm_head", "discriminator_predictions", "predictions", "sop_classifier", "lm_predictions",
            "mask_predictions", "pooler", "classifier", "pre_classifier", "score", "qa_outputs", "decoder", "head",
        ]
        return heads.contains(String(head)) || isPositionBuffer || isConstantOfALayer
    }

    /// Whether a fine-tune may change this tensor's shape: a head with another number of labels.
    var isExpectedToChangeShape: Bool { ["classifier", "score"].contains(String(head)) }

    /// Constant position numbers that older checkpoints store beside the weights.
    var isPositionBuffer: Bool { canonical == "embeddings.position_ids" || canonical == "embeddings.token_type_ids" }
}
