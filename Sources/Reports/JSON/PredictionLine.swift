/// What `assay predict` prints of one text: a JSON object on a line of its own.
public struct PredictionLine: Sendable {
    /// Row of the text in its file.
    public var row: Int
    /// Token ids of the model input.
    public var ids: [Int32]
    public var logits: [Float]
    /// Index of the label that the logits speak for.
    public var label: Int
    /// The label's name, raw.
    public var labelName: String

    public init(row: Int, ids: [Int32], logits: [Float], label: Int, labelName: String) {
        self.row = row
        self.ids = ids
        self.logits = logits
        self.label = label
        self.labelName = labelName
    }

    /// Whether every logit is a number; JSON has none for the others.
    public var isFinite: Bool { logits.allSatisfy(\.isFinite) }

    /// The line with its line feed. A logit that is NaN or infinite is null, and the name holds no byte that a terminal
    /// or a CI log acts on.
    public var text: String {
        let ids = ids.map(String.init).joined(separator: ",")
        let values = logits.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ",")
        return "{\"row\":\(row),\"ids\":[\(ids)],\"logits\":[\(values)],\"label\":\(label),\"label_name\":"
            + JSONText.string(labelName) + "}\n"
    }
}
