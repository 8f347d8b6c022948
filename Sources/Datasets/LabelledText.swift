/// A text, or a pair of texts, with its class.
public struct LabelledText: Sendable, Hashable {
    /// Line of the file, counted from 1 with the header.
    public let row: Int
    /// Class, counted from 0.
    public let label: Int
    /// The text, or the first of a pair.
    public let text: String
    /// The second text of a pair.
    public let pair: String?

    /// A row of a data set.
    public init(row: Int, label: Int, text: String, pair: String? = nil) {
        self.row = row
        self.label = label
        self.text = text
        self.pair = pair
    }
}

/// A text, or a pair of texts, whose class may be unknown.
public struct InputText: Sendable, Hashable {
    /// Line of the file, counted from 1 with the header.
    public let row: Int
    /// Class, counted from 0; `nil` when the file has no labels.
    public let label: Int?
    /// The text, or the first of a pair.
    public let text: String
    /// The second text of a pair.
    public let pair: String?

    /// A row of a file of texts.
    public init(row: Int, label: Int? = nil, text: String, pair: String? = nil) {
        self.row = row
        self.label = label
        self.text = text
        self.pair = pair
    }
}
