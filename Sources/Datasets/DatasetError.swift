/// Why a data file is refused.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public enum Code: String, Sendable, CaseIterable {
        /// The file has no rows.
        case empty
        /// The file has NUL bytes.
        case binary
        /// A line is not UTF-8.
        case invalidUTF8
        /// The file, a line or a field exceeds a limit.
        case tooLarge
        /// The first line names columns that are not known, or lacks one that is needed.
        case invalidHeader
        /// A line is blank or has more or fewer fields than the header.
        case invalidRow
        /// A line is not the JSON object that is asked for.
        case invalidJSON
        /// A prompt comes without a response.
        case missingResponse
        /// A label is not a whole number.
        case invalidLabel
        /// A label is not one of the model's classes.
        case labelOutOfRange
    }

    /// The rule that was broken.
    public let code: Code
    /// The file's name.
    public let file: String
    /// Line of the file, counted from 1; `nil` when the whole file is meant.
    public let row: Int?
    /// What is wrong and what to do, without the place.
    public let reason: String

    /// An error about `file`.
    public init(_ code: Code, file: String, row: Int? = nil, reason: String) {
        self.code = code
        self.file = file
        self.row = row
        self.reason = reason
    }

    /// One sentence that names the file and the row.
    public var description: String { "\(file)\(row.map { ", row \($0)" } ?? ""): \(reason)." }
}
