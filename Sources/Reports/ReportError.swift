/// Why a report could not be written or a result could not be read.
public struct ReportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public enum Code: String, Sendable, Equatable {
        /// A result file that is not JSON, or not of this schema.
        case unreadableResult
        /// A result file whose verdict does not follow from its rules.
        case verdictDisagrees
        /// A template that cannot be read, or that asks for something the report does not have.
        case template
        /// Markup that did not come out well-formed.
        case markup
    }

    /// The kind, for callers that tell them apart.
    public let code: Code
    /// The file concerned, with its line where there is one: "verdict.mustache:12".
    public let file: String
    /// What is wrong and what to do, without the file's name.
    public let detail: String

    /// An error about one file; `detail` ends its sentence and says what to do.
    public init(_ code: Code, file: String, detail: String) {
        self.code = code
        self.file = file
        self.detail = detail
    }

    /// One sentence that names the file.
    public var description: String { "\(TerminalText.escape(file)): \(detail)" }
}
