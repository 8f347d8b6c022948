internal import StrictJSON

/// The chat template of a model's folder, with all that a loader could choose instead.
public struct FoundChatTemplate: Sendable, Equatable {
    /// A template under the name by which a loader chooses it.
    public struct Named: Sendable, Equatable {
        /// The name, such as `default` or `tool_use`.
        public let name: String
        /// The file in which it stands.
        public let file: String
        /// The text of the template.
        public let source: String
    }

    /// The template that transformers applies when nobody names one.
    public let chosen: Named
    /// Templates that another name, or a version that reads the other file first, applies instead.
    public let others: [Named]
    /// Texts of the special tokens by the variable under which templates find them.
    public let specialTokens: [String: String]
}

extension ChatTemplate {
    /// Reads the template from `chat_template.jinja` or from `chat_template` in `tokenizer_config.json`, a string or a
    /// list of named templates; the first wins, as in transformers.
    ///
    /// - Parameters:
    ///   - tokenizerConfig: the bytes of `tokenizer_config.json`, from which the special tokens come too.
    ///   - chatTemplateFile: the bytes of `chat_template.jinja`.
    /// - Returns: `nil` when neither file holds a template.
    public static func find(
        tokenizerConfig: [UInt8]?, chatTemplateFile: [UInt8]?
    ) throws(ChatTemplateError) -> FoundChatTemplate? {
        let config = try tokenizerConfig.map(parsedConfig)
        var found: [FoundChatTemplate.Named] = []
        if let chatTemplateFile {
            let file = "chat_template.jinja"
            guard let source = String(validating: chatTemplateFile, as: UTF8.self) else {
                throw malformed(file, "the template is not UTF-8")
            }
            found.append(FoundChatTemplate.Named(name: "default", file: file, source: source))
        }
        if let value = config?["chat_template"], !value.isNull { found += try namedTemplates(value) }
        guard !found.isEmpty else { return nil }
        guard let place = found.firstIndex(where: { $0.name == "default" }) else {
            throw malformed(configFile, "no template is named 'default'")
        }
        let chosen = found.remove(at: place)
        found.removeAll { $0.source.utf8.elementsEqual(chosen.source.utf8) }
        return FoundChatTemplate(
            chosen: chosen, others: found, specialTokens: try config.map(specialTokens) ?? [:])
    }

    private static let configFile = "tokenizer_config.json"

    private static func malformed(_ file: String, _ reason: String) -> ChatTemplateError {
        ChatTemplateError(.malformedFile, file: file, line: 0, reason: reason)
    }

    private static func parsedConfig(_ bytes: [UInt8]) throws(ChatTemplateError) -> JSONObject {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw malformed(configFile, "\(error)")
        }
        guard let object = value.objectValue else { throw malformed(configFile, "the file is not a JSON object") }
        return object
    }

    private static func namedTemplates(_ value: JSONValue) throws(ChatTemplateError) -> [FoundChatTemplate.Named] {
        let pairs: [(JSONValue?, JSONValue?)]
        switch value {
        case .string: pairs = [(.string("default"), value)]
        case .array(let elements):
            pairs = elements.map { ($0.objectValue?["name"], $0.objectValue?["template"]) }
        case .object(let object): pairs = object.members.map { (.string($0.key), $0.value) }
        default: pairs = [(nil, nil)]
        }
        return try pairs.map { name, source throws(ChatTemplateError) in
            guard let name = name?.stringValue, let source = source?.stringValue else {
                throw malformed(configFile, "'chat_template' is neither a string nor a list of names and templates")
            }
            return FoundChatTemplate.Named(name: name, file: configFile, source: source)
        }
    }

    private static func specialTokens(_ config: JSONObject) throws(ChatTemplateError) -> [String: String] {
        var tokens: [String: String] = [:]
        for name in ["bos", "eos", "unk", "sep", "pad", "cls", "mask"].map({ $0 + "_token" }) {
            guard let value = config[name], !value.isNull else { continue }
            guard let text = value.stringValue ?? value.objectValue?["content"]?.stringValue else {
                throw malformed(configFile, "'\(name)' is neither a string nor an object with 'content'")
            }
            tokens[name] = text
        }
        return tokens
    }
}
