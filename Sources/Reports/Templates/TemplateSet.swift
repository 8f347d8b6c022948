internal import FoundationEssentials
internal import Mustache
internal import ReportTemplates

/// The report's templates, checked and parsed.
struct TemplateSet {
    private let library: MustacheLibrary

    /// The built-in templates, with those found in `directory` in their place.
    init(overrides directory: String?) throws(ReportError) {
        try self.init(try Self.texts(overrides: directory))
    }

    /// Template texts by name; every tag is checked against its section's view here.
    init(_ templates: [String: String]) throws(ReportError) {
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

    private static func texts(overrides directory: String?) throws(ReportError) -> [String: String] {
        var texts = ReportTemplates.partials
        guard let directory else { return texts }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw ReportError(
                .template, file: directory, detail: "the folder of templates cannot be read; check --templates.")
        }
        for file in names.sorted() where file.hasSuffix(".mustache") {
            let name = String(file.dropLast(".mustache".count))
            guard texts[name] != nil else {
                throw ReportError(
                    .template, file: file,
                    detail:
                        "no template has this name; use \(ReportTemplates.partials.keys.sorted().joined(separator: ", "))."
                )
            }
            guard let bytes = FileManager.default.contents(atPath: directory + "/" + file),
                let text = String(validating: bytes, as: UTF8.self)
            else {
                throw ReportError(.template, file: file, detail: "the template cannot be read as UTF-8 text.")
            }
            texts[name] = text
        }
        return texts
    }
}
