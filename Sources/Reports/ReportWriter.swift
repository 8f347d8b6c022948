public import Findings

/// Writes an audit's result in every format; each is a pure function of the result and, when given, the run.
public struct ReportWriter: Sendable {
    private let templates: TemplateSet

    /// Loads and checks the templates: the built-in ones, with files of `directory` in the place of those they name.
    ///
    /// - Throws: `ReportError` with file and line when a template asks for something the report does not have.
    public init(templates directory: String? = nil) throws(ReportError) {
        templates = try TemplateSet(overrides: directory)
    }

    /// The bytes of one format's file.
    public func bytes(_ format: ReportFormat, of input: ReportInput) throws(ReportError) -> [UInt8] {
        try rendering(format).bytes(of: input)
    }

    private func rendering(_ format: ReportFormat) -> any ReportRendering {
        switch format {
        case .html: HTMLReport(templates: templates)
        case .markdown: MarkdownReport(templates: templates)
        case .json: JSONReport()
        case .sarif: SARIFReport()
        case .junit: JUnitReport()
        case .cyclonedx: CycloneDXReport()
        case .summary: SummaryReport()
        }
    }

    /// The report as GitHub-flavoured Markdown. Time, memory and host appear only when `run` is given.
    public func markdown(_ result: AuditResult, run: RunRecord? = nil) throws(ReportError) -> String {
        String(decoding: try bytes(.markdown, of: ReportInput(result, run: run)), as: UTF8.self)
    }

    /// The report as one HTML page that needs no other file. Time, memory and host appear only when `run` is given.
    public func html(_ result: AuditResult, run: RunRecord? = nil) throws(ReportError) -> String {
        String(decoding: try bytes(.html, of: ReportInput(result, run: run)), as: UTF8.self)
    }

    /// The bytes of result.json: sorted keys, the same bytes that the HTML report embeds.
    public func json(_ result: AuditResult) -> [UInt8] {
        JSONReport().bytes(of: ReportInput(result))
    }

    /// The result in the bytes of a result.json; `file` is its name in error messages.
    ///
    /// - Throws: `ReportError` when the bytes are not JSON, lack a field or are of another schema version.
    public static func readJSON(_ bytes: [UInt8], file: String) throws(ReportError) -> AuditResult {
        try ResultJSON.result(from: bytes, file: file)
    }
}
