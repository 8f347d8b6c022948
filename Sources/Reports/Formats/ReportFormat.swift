/// The formats of a report, under the names that `--format` takes.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// One page that needs no other file.
    case html
    /// The same content as GitHub-flavoured Markdown.
    case markdown = "md"
    /// The result itself, from which every other format is made.
    case json

    /// The name that the file has in a report folder.
    public var fileName: String {
        switch self {
        case .html: "report.html"
        case .markdown: "report.md"
        case .json: "result.json"
        }
    }
}
