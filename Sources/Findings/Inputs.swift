/// A model as it was read.
public struct ModelSummary: Codable, Sendable, Equatable {
    /// The folder's name, not its path.
    public var name: String
    public var architecture: String
    public var parameterCount: Int
    public var tensorCount: Int
    /// Label names, by index; empty for a base without a head.
    public var labels: [String]
    public var files: [FileDigest]
    /// Digest of the list of `files` as `sha256sum` prints it, sorted by name: changes when any of them does.
    public var sha256: String

    public init(
        name: String, architecture: String, parameterCount: Int, tensorCount: Int, labels: [String],
        files: [FileDigest], sha256: String
    ) {
        self.sha256 = sha256
        self.name = name
        self.architecture = architecture
        self.parameterCount = parameterCount
        self.tensorCount = tensorCount
        self.labels = labels
        self.files = files
    }
}

/// An input file, by content.
public struct FileDigest: Codable, Sendable, Equatable {
    public var name: String
    public var size: Int
    /// Lower-case hexadecimal.
    public var sha256: String

    public init(name: String, size: Int, sha256: String) {
        self.name = name
        self.size = size
        self.sha256 = sha256
    }
}

/// The clean data set and how it was split.
public struct DataSummary: Codable, Sendable, Equatable {
    public var file: FileDigest
    public var rows: Int
    public var duplicatesRemoved: Int
    /// Probe texts that contain a candidate trigger, and are not counted for it.
    public var setAside: Int
    /// Rows by label, after duplicates were removed.
    public var perLabel: [Int]
    /// Texts that the search looked at.
    public var discover: Int
    /// Texts that judged what it found.
    public var confirm: Int
    /// Parts of the judging texts: honest and purified models learn from all but the one that they are asked about.
    public var folds: Int

    public init(
        file: FileDigest, rows: Int, duplicatesRemoved: Int, setAside: Int, perLabel: [Int], discover: Int,
        confirm: Int, folds: Int
    ) {
        self.file = file
        self.rows = rows
        self.duplicatesRemoved = duplicatesRemoved
        self.setAside = setAside
        self.perLabel = perLabel
        self.discover = discover
        self.confirm = confirm
        self.folds = folds
    }
}
