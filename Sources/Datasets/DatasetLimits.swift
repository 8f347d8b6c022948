/// How much data is accepted before reading stops.
public struct DatasetLimits: Sendable, Equatable {
    /// Size of the file in bytes.
    public var maxBytes: Int
    /// Length of a line in bytes.
    public var maxLineBytes: Int
    /// Length of a field in bytes.
    public var maxFieldBytes: Int
    /// Rows besides the header.
    public var maxRows: Int
    /// The highest label that is accepted where the number of classes is not known.
    public var maxLabel: Int

    /// Limits that data for an audit stays far below.
    public init(
        maxBytes: Int = 1 << 30, maxLineBytes: Int = 2 << 20, maxFieldBytes: Int = 1 << 20, maxRows: Int = 5_000_000,
        maxLabel: Int = 9_999
    ) {
        self.maxBytes = maxBytes
        self.maxLineBytes = maxLineBytes
        self.maxFieldBytes = maxFieldBytes
        self.maxRows = maxRows
        self.maxLabel = maxLabel
    }

    /// 1 GiB, lines of 2 MiB, fields of 1 MiB, five million rows.
    public static let `default` = DatasetLimits()
}
