/// The formats of a report, under the names that `--format` takes.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// One page that needs no other file.
    case html
    /// The same content as GitHub-flavoured Markdown.
    case markdown = "md"
    /// The result itself, from which every other format is made.
    case json
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// JUnit XML, for the test report of a CI system.
    case junit
    /// CycloneDX 1.6, a bill of materials with a model card.
    case cyclonedx
    /// Verdict, gate and gravest findings as short Markdown, for a CI step's summary.
    case summary

    /// The name that the file has in a report folder.
    public var fileName: String {
        switch self {
        case .html: "report.html"
        case .markdown: "report.md"
        case .json: "result.json"
        case .sarif: "report.sarif"
        case .junit: "junit.xml"
        case .cyclonedx: "bom.cdx.json"
        case .summary: "summary.md"
        }
    }
}
