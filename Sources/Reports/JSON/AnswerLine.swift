/// What `assay generate` prints of one prompt: a JSON object on a line of its own.
public struct AnswerLine: Sendable {
    /// Row of the prompt in its file.
    public var row: Int
    /// New token ids, the end token left out.
    public var ids: [Int32]
    /// Their text, raw.
    public var text: String
    /// The sum of their log-probabilities, in nats.
    public var logProbability: Double

    public init(row: Int, ids: [Int32], text: String, logProbability: Double) {
        (self.row, self.ids, self.text, self.logProbability) = (row, ids, text, logProbability)
    }

    /// The line with its line feed. A number that JSON has not is null, and the text holds no byte that a terminal or a CI
    /// log acts on.
    public var line: String {
        let ids = ids.map(String.init).joined(separator: ",")
        let value = logProbability.isFinite ? "\(logProbability)" : "null"
        return "{\"row\":\(row),\"ids\":[\(ids)],\"text\":\(JSONText.string(text)),\"log_probability\":\(value)}\n"
    }
}
