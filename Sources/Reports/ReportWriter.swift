public import Findings
internal import Markup

/// Writes an audit's result in every format; each is a pure function of the result and, when given, the run.
public struct ReportWriter: Sendable {
    private let templates: TemplateSet

    /// Loads and checks the templates: the built-in ones, with files of `directory` in the place of those they name.
    ///
    /// - Throws: `ReportError` with file and line when a template asks for something the report does not have.
    public init(templates directory: String? = nil) throws(ReportError) {
        templates = try TemplateSet(overrides: directory)
    }

    /// The report as GitHub-flavoured Markdown. Time, memory and host appear only when `run` is given.
    public func markdown(_ result: AuditResult, run: RunRecord? = nil) throws(ReportError) -> String {
        var parts: [String] = []
        for section in ReportSection.all(of: result.kind) {
            parts.append(try templates.render(section, section.view(of: result, run: run)))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// The report as one HTML page that needs no other file. Time, memory and host appear only when `run` is given.
    public func html(_ result: AuditResult, run: RunRecord? = nil) throws(ReportError) -> String {
        var sections: [(section: ReportSection, blocks: [Node])] = []
        for section in ReportSection.all(of: result.kind) {
            let markdown = try templates.render(section, section.view(of: result, run: run))
            do {
                sections.append((section, try Markdown.elements(markdown)))
            } catch {
                throw ReportError(.markup, file: section.template + ".mustache", detail: error.description)
            }
        }
        return Page(result: result, sections: sections, styleSheet: templates.styleSheet).html
    }

    /// The bytes of result.json: sorted keys, the same bytes that the HTML report embeds.
    public func json(_ result: AuditResult) -> [UInt8] {
        ResultJSON.bytes(of: result)
    }

    /// The result in the bytes of a result.json; `file` is its name in error messages.
    ///
    /// - Throws: `ReportError` when the bytes are not JSON, lack a field or are of another schema version.
    public static func readJSON(_ bytes: [UInt8], file: String) throws(ReportError) -> AuditResult {
        try ResultJSON.result(from: bytes, file: file)
    }
}
