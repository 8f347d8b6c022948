import StrictJSON
public import Tokenizers

/// How a tokenizer's files have texts cut and padded, each setting with the file that says it.
public struct TextSettings: Sendable, Equatable {
    /// A setting and where it comes from; the file is nil for what holds where none says otherwise.
    public struct Setting: Sendable, Equatable {
        /// `left`, `right`, or what stands there.
        public let value: String
        /// Name of the file.
        public let file: String?
    }

    /// A length in tokens and the name of the file that says it.
    public struct Length: Sendable, Equatable {
        public let tokens: Int
        public let file: String
    }

    /// The side on which a text that is too long is cut.
    public let truncationSide: Setting
    /// The side on which a text that is too short is padded.
    public let paddingSide: Setting
    /// Where a text is cut; nil where no file says so.
    public let maxLength: Length?

    /// The settings of a folder: tokenizer_config.json goes before tokenizer.json, as in transformers.
    public init(_ files: TokenizerFiles) {
        let config = Self.object(files.tokenizerConfig)
        let main = Self.object(files.tokenizerJSON)
        let (truncation, padding) = (main?["truncation"]?.objectValue, main?["padding"]?.objectValue)
        truncationSide = Self.side(config?["truncation_side"], truncation?["direction"])
        paddingSide = Self.side(config?["padding_side"], padding?["direction"])
        if let length = Self.length(config?["model_max_length"]) {
            maxLength = Length(tokens: length, file: "tokenizer_config.json")
        } else {
            maxLength = Self.length(truncation?["max_length"]).map { Length(tokens: $0, file: "tokenizer.json") }
        }
    }

    private static func side(_ config: JSONValue?, _ main: JSONValue?) -> Setting {
        for (value, file) in [(config, "tokenizer_config.json"), (main, "tokenizer.json")] {
            guard let value, !value.isNull else { continue }
            let text = value.stringValue?.lowercased() ?? String(decoding: value.serialized(), as: UTF8.self)
            return Setting(value: text, file: file)
        }
        return Setting(value: "right", file: nil)
    }

    /// A length in tokens; what is longer than any input is a placeholder.
    private static func length(_ value: JSONValue?) -> Int? {
        guard let number = value?.doubleValue, number >= 0, number <= 1_000_000 else { return nil }
        return Int(number)
    }

    private static func object(_ json: [UInt8]?) -> JSONObject? {
        json.flatMap { try? JSONValue(parsing: $0) }?.objectValue
    }
}
