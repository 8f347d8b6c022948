internal import Mustache

/// The report's templates, checked and parsed.
struct TemplateSet {
    private let library: MustacheLibrary
    /// The page's style sheet.
    let styleSheet: String

    /// The built-in templates, with the files of `directory` in the place of those they name.
    init(overrides directory: String?) throws(ReportError) {
        let files = try TemplateFiles.all(overriddenIn: directory)
        var templates: [String: String] = [:]
        for (file, text) in files where file != TemplateFiles.styleSheet {
            templates[String(file.dropLast(TemplateFiles.suffix.count))] = text
        }
        try self.init(templates, styleSheet: files[TemplateFiles.styleSheet] ?? "")
    }

    /// Template texts by name; every tag is checked against its section's view here.
    init(_ templates: [String: String], styleSheet: String) throws(ReportError) {
        if let line = styleSheet.split(separator: "\n", omittingEmptySubsequences: false).firstIndex(where: {
            $0.contains("<")
        }) {
            throw ReportError(
                .template, file: "\(TemplateFiles.styleSheet):\(line + 1)",
                detail: "a style sheet may not hold \"<\", which could end its element; write \\3C instead.")
        }
        self.styleSheet = styleSheet
        _ = MarkdownText.registered
        let check = TemplateCheck(templates: templates)
        for section in ReportSection.allCases {
            guard let shape = try? section.shape() else {
                throw ReportError(
                    .template, file: section.template, detail: "its view holds a type that templates cannot show.")
            }
            try check.check(section.template, against: shape)
        }
        var library = MustacheLibrary()
        for (name, text) in templates {
            do {
                try library.register(text, named: name)
            } catch let error as MustacheTemplate.ParserError {
                throw ReportError(
                    .template, file: "\(name).mustache:\(error.context.lineNumber)",
                    detail: "the tag is malformed (\(error.error)).")
            } catch {
                throw ReportError(.template, file: name + ".mustache", detail: "the template is malformed.")
            }
        }
        self.library = library
    }

    /// One section as Markdown, without surrounding blank lines.
    func render(_ section: ReportSection, _ view: any SectionView) throws(ReportError) -> String {
        guard let text = library.render(view, withTemplate: section.template) else {
            throw ReportError(.template, file: section.template + ".mustache", detail: "there is no such template.")
        }
        return Self.tidied(text)
    }

    /// Leaves one blank line where sections that rendered nothing left several.
    private static func tidied(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(line)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
