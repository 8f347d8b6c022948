import Checkpoints
import Findings
import Forensics
import StrictJSON
import Transformers

/// Why what a loader makes of the suspect's folder may not be what was audited.
struct LoadingConcerns: Sendable, Codable, Equatable {
    /// One reason.
    struct Concern: Sendable, Codable, Equatable {
        /// The file, tensor or field, raw.
        var subject: String
        /// One sentence that names the file and says what to do.
        var sentence: String
    }

    /// Numbers beyond what the reference computes with.
    var range: [Concern] = []
    /// Files that could be loaded in place of those that were read.
    var otherWeights: [Concern] = []
    /// Entries of config.json that make a loader change the weights.
    var quantization: [Concern] = []
    /// Sides on which texts are cut and padded.
    var sides: [Concern] = []
    /// A length after which texts are cut that is shorter than the base's.
    var length: [Concern] = []
    /// Names of labels that can be read in two ways.
    var labels: [Concern] = []
    /// Words that the chat template answers to and the base's does not.
    var templates: [Concern] = []

    init() {}

    /// Looks at what was opened, and reads again only what is suspicious.
    init(_ pair: ModelPair, norms: [TensorNorm]) throws {
        let suspect = pair.suspect
        range = try ModelPair.inFolder(suspect.path) {
            let allowed = WeightRange(suspect)
            return allowed.concerns
                + allowed.concerns(of: try suspect.checkpoint.largest(among: norms, above: allowed.limit))
        }
        otherWeights = OtherWeights.concerns(beside: suspect)
        quantization = Self.quantization(suspect.config)
        let (ours, theirs) = (
            TextSettings(try suspect.tokenizerFiles()), TextSettings(try pair.base.tokenizerFiles())
        )
        sides = Self.sides(ours, theirs, of: suspect.config)
        length = Self.length(ours, theirs, suspect: suspect.config, base: pair.base.config)
        labels = LabelNames(suspect.config).concerns(base: pair.base.config)
        templates = try TemplateConcerns.concerns(suspect, base: pair.base)
    }
}

extension LoadingConcerns {
    /// Keys of config.json whose entry makes a loader change the weights.
    private static let quantizationKeys = ["quantization_config", "compression_config"]

    /// Those keys, in the configuration and in those that it contains.
    static func quantization(_ config: ModelConfig) -> [Concern] {
        var found = quantizationKeys.filter { config.json[$0].map { !$0.isNull } ?? false }
        for member in config.json.members where !quantizationKeys.contains(member.key) {
            guard let inner = member.value.objectValue else { continue }
            found += quantizationKeys.filter { inner[$0].map { !$0.isNull } ?? false }.map { "\(member.key).\($0)" }
        }
        return found.map { key in
            Concern(
                subject: key,
                sentence:
                    "\(config.file) has the loader quantize the weights (\(clipped(key))), so that what runs is not what "
                    + "was read: remove the entry and run the weights as they are stored.")
        }
    }

    /// A name from a file, short enough for a sentence.
    static func clipped(_ name: String) -> String { name.count > 80 ? "\(name.prefix(80))…" : name }
}
