import StrictJSON

extension ModelFolder {
    /// Entries of a configuration that make other software load or run what the model's author wrote.
    public static let executableKeys = ["auto_map", chatTemplateKey, "custom_pipelines", "trust_remote_code"]
    /// The one of them that holds a template for a sandboxed engine.
    public static let chatTemplateKey = "chat_template"

    /// What came with the model and other software would run: file names, and `file: key` for configuration entries.
    static func customCode(
        entries: [String], config: JSONObject, tokenizerConfig: [UInt8]?
    ) throws(CheckpointError) -> [String] {
        var found = entries.filter { entry in
            [".py", ".so", ".sh"].contains { entry.lowercased().hasSuffix($0) } || entry.hasPrefix("chat_template.")
        }
        found += executableKeys.filter { config[$0] != nil }.map { "config.json: \($0)" }
        if let tokenizerConfig {
            let json = try ConfigReader.object(parsing: tokenizerConfig, file: "tokenizer_config.json")
            found += executableKeys.filter { json[$0] != nil }.map { "tokenizer_config.json: \($0)" }
        }
        return found
    }
}
