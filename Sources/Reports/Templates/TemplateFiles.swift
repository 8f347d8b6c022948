internal import FoundationEssentials
internal import ReportTemplates

/// The files that a folder of templates may hold, each in the place of the built-in one of its name.
public enum TemplateFiles {
    /// What the names of templates end with.
    static let suffix = ".mustache"
    /// The file of the page's style sheet.
    static let styleSheet = "report.css"

    /// The built-in templates and style sheet by file name.
    public static var builtIn: [String: String] {
        var files = [styleSheet: ReportTemplates.styleSheet]
        for (name, text) in ReportTemplates.partials { files[name + suffix] = text }
        return files
    }

    /// The built-in files, with those of `directory` in their place; files of another kind are left alone.
    ///
    /// - Throws: `ReportError` when a template or style sheet has an unknown name or is not UTF-8.
    static func all(overriddenIn directory: String?) throws(ReportError) -> [String: String] {
        var files = builtIn
        guard let directory else { return files }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw ReportError(
                .template, file: directory, detail: "the folder of templates cannot be read; check --templates.")
        }
        for file in names.sorted() where file.hasSuffix(suffix) || file.hasSuffix(".css") {
            guard files[file] != nil else {
                throw ReportError(
                    .template, file: file,
                    detail: "no template has this name; use one of \(files.keys.sorted().joined(separator: ", ")).")
            }
            guard let bytes = FileManager.default.contents(atPath: directory + "/" + file),
                let text = String(validating: bytes, as: UTF8.self)
            else {
                throw ReportError(.template, file: file, detail: "it cannot be read as UTF-8 text; save it as such.")
            }
            files[file] = text
        }
        return files
    }
}
