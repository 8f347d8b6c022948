/// How much JSON is accepted before parsing stops.
public struct JSONLimits: Sendable, Equatable {
    /// Levels of arrays and objects.
    public var maxDepth: Int
    /// Length of the whole text in bytes.
    public var maxBytes: Int
    /// Values of every kind, so that memory stays in proportion to a model's real files.
    public var maxValues: Int

    /// Limits that every published tokenizer and configuration stays far below.
    public init(maxDepth: Int = 64, maxBytes: Int = 64 << 20, maxValues: Int = 8_000_000) {
        self.maxDepth = maxDepth
        self.maxBytes = maxBytes
        self.maxValues = maxValues
    }

    /// Depth 64, 64 MiB, eight million values.
    public static let `default` = JSONLimits()
}
