internal import Findings
internal import Markup

/// report.md: every section, rendered by its template.
struct MarkdownReport: ReportRendering {
    let templates: TemplateSet

    func bytes(of input: ReportInput) throws(ReportError) -> [UInt8] {
        var parts: [String] = []
        for section in ReportSection.all(of: input.result.kind) {
            parts.append(try templates.render(section, section.view(of: input.result, run: input.run)))
        }
        return Array((parts.joined(separator: "\n\n") + "\n").utf8)
    }
}

/// report.html: the same Markdown within a page, with charts.
struct HTMLReport: ReportRendering {
    let templates: TemplateSet

    func bytes(of input: ReportInput) throws(ReportError) -> [UInt8] {
        var sections: [(section: ReportSection, blocks: [Node])] = []
        for section in ReportSection.all(of: input.result.kind) {
            let markdown = try templates.render(section, section.view(of: input.result, run: input.run))
            do {
                sections.append((section, try Markdown.elements(markdown)))
            } catch {
                throw ReportError(.markup, file: section.template + ".mustache", detail: error.description)
            }
        }
        return Array(Page(result: input.result, sections: sections, styleSheet: templates.styleSheet).html.utf8)
    }
}
