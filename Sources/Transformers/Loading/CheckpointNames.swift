/// The names that checkpoints give the parameters of a network.
enum CheckpointNames {
    /// With and without the prefix of the body, and with the older names of LayerNorm; the usual name first.
    ///
    /// - Parameter isHead: a head lies outside the body and has no prefix.
    static func of(_ parameter: String, prefix: String, isHead: Bool) -> [String] {
        if isHead { return [parameter] }
        let old = parameter.replacingSuffix("LayerNorm.weight", by: "LayerNorm.gamma")
            .replacingSuffix("LayerNorm.bias", by: "LayerNorm.beta")
        let names = old == parameter ? [parameter] : [parameter, old]
        return names.map { prefix + $0 } + names
    }

    /// Heads of pre-training, which a classifier does not use.
    static let pretraining = [
        "cls.", "lm_head.", "vocab_transform.", "vocab_layer_norm.", "vocab_projector.", "generator_predictions.",
        "generator_lm_head.", "discriminator_predictions.", "predictions.", "sop_classifier.", "lm_predictions.",
        "mask_predictions.", "decoder.", "qa_outputs.",
    ]

    /// Heads of classification; a base's own is not used.
    static let classification = ["classifier.", "pre_classifier.", "score."]

    static func hasPrefix(_ name: String, in prefixes: [String]) -> Bool { prefixes.contains { name.hasPrefix($0) } }
}

extension String {
    /// The string with a suffix exchanged, if it has it.
    func replacingSuffix(_ suffix: String, by other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
