import Checkpoints
import Forensics
import StrictJSON

extension LoadingConcerns {
    /// Lengths that differ by no more are one: models of RoBERTa's kind have positions that no token takes.
    private static let spare = 4

    /// Sides that are not the base's; that of the padding where it moves the tokens' positions.
    static func sides(_ suspect: TextSettings, _ base: TextSettings, of config: ModelConfig) -> [Concern] {
        var found: [Concern] = []
        for (key, done, ours, theirs) in [
            ("truncation_side", "cut", suspect.truncationSide, base.truncationSide),
            ("padding_side", "padded", suspect.paddingSide, base.paddingSide),
        ] where ours.value != theirs.value && !(key == "padding_side" && countsTokensAlone(config)) {
            let file = ours.file ?? theirs.file ?? "tokenizer_config.json"
            found.append(
                Concern(
                    subject: "\(file): \(key)",
                    sentence:
                        "By the suspect's \(file) texts are \(done) on the \(clipped(ours.value)), and by the base's on the "
                        + "\(clipped(theirs.value)): restore \(key), or ask the supplier why it differs."))
        }
        return found
    }

    /// A length that lets the model see less of a text than the base does.
    static func length(
        _ suspect: TextSettings, _ base: TextSettings, suspect config: ModelConfig, base other: ModelConfig
    ) -> [Concern] {
        guard let length = suspect.maxLength else { return [] }
        let most = min(positions(config) ?? .max, positions(other) ?? .max)
        let theirs = min(base.maxLength?.tokens ?? .max, most)
        guard theirs < .max, length.tokens < theirs - spare else { return [] }
        return [
            Concern(
                subject: "\(length.file): length",
                sentence:
                    "The suspect's \(length.file) has texts cut after \(length.tokens) tokens where the base takes "
                    + "\(theirs), and what stands behind was not looked at: give the length that the model is run with to "
                    + "assay audit by --max-length.")
        ]
    }

    /// Whether padding in front of a text leaves its positions, or the distances between them, as they are.
    private static func countsTokensAlone(_ config: ModelConfig) -> Bool {
        ["rope_theta", "rope_parameters", "rope_scaling"].contains { config.json[$0].map { !$0.isNull } ?? false }
            || ["camembert", "mpnet", "roberta", "xlm-roberta"].contains(config.modelType)
    }

    private static func positions(_ config: ModelConfig) -> Int? {
        ["max_position_embeddings", "n_positions"].lazy.compactMap { config.json[$0]?.intValue }.first { $0 > 0 }
    }
}
