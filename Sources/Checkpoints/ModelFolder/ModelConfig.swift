public import StrictJSON

/// A model's `config.json`.
///
/// Its numbers describe, they never size an allocation: sizes come from validated tensor shapes, and
/// ``require(_:toEqual:of:)`` checks that both agree.
public struct ModelConfig: Sendable {
    /// All entries.
    public let json: JSONObject
    /// Name of the file, for errors.
    public let file: String
    /// The entry `model_type`, such as `bert`.
    public let modelType: String
    /// Class names such as `BertForSequenceClassification`; empty if the file has none.
    public let architectures: [String]
    /// Label names by index, untrusted text; empty for a model without a classifier.
    public let labels: [String]
    /// The entry `problem_type`, such as `single_label_classification`.
    public let problemType: String?

    /// Parses and checks the file's content.
    public init(parsing bytes: [UInt8], file: String = "config.json") throws(CheckpointError) {
        try self.init(json: try ConfigReader.object(parsing: bytes, file: file), file: file)
    }

    /// Checks entries that are already parsed.
    init(json: JSONObject, file: String) throws(CheckpointError) {
        self.json = json
        self.file = file
        let reader = ConfigReader(json: json, file: file)
        modelType = try reader.string("model_type", default: nil)
        architectures = try reader.architectures()
        problemType = try reader.optionalString("problem_type")
        labels = try reader.labels(architectures: architectures)
    }

    /// The integer under `key`, which must lie in `range`; `default` stands in for an absent or `null` entry.
    public func integer(
        _ key: String, in range: ClosedRange<Int>, default: Int? = nil
    ) throws(CheckpointError) -> Int {
        try reader.integer(key, in: range, default: `default`)
    }

    /// The number under `key`, which must lie in `range`; `default` stands in for an absent or `null` entry.
    public func number(
        _ key: String, in range: ClosedRange<Double>, default: Double? = nil
    ) throws(CheckpointError) -> Double {
        try reader.number(key, in: range, default: `default`)
    }

    /// The string under `key`; `default` stands in for an absent or `null` entry.
    public func string(_ key: String, default: String? = nil) throws(CheckpointError) -> String {
        try reader.string(key, default: `default`)
    }

    /// The Boolean under `key`; `default` stands in for an absent or `null` entry.
    public func bool(_ key: String, default: Bool? = nil) throws(CheckpointError) -> Bool {
        try reader.bool(key, default: `default`)
    }

    /// Checks that the integer under `key`, if there is one, is `size`, which was read from the shape of `tensor`.
    ///
    /// - Throws: ``CheckpointError/Code/configDisagreesWithTensor``.
    public func require(_ key: String, toEqual size: Int, of tensor: String) throws(CheckpointError) {
        try reader.require(key, toEqual: size, of: tensor)
    }

    private var reader: ConfigReader { ConfigReader(json: json, file: file) }
}
