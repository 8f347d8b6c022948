import Findings
import Foundation
import Markup
import Testing

@testable import ReportTemplates
@testable import Reports

/// Folders of templates as `--templates` takes them.
@Suite struct TemplateFolderTests {
    @Test func aPartialTakesThePlaceOfTheBuiltInOneInEveryFormat() throws {
        let folder = try Self.folder([
            "coverage.mustache": TemplateTests.head
                + "## Our coverage\n\n{{#items}}\n- {{subject}}: {{state}}\n{{/items}}\n",
            "report.css": "h1{color:#123456}\n", "notes.txt": "not a template",
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let writer = try ReportWriter(templates: folder)
        let result = SampleResult.make()
        let item = try #require(result.coverage.first)
        let line = "\(item.subject): \(Wording.name(item.state))"
        #expect(try writer.markdown(result).contains("## Our coverage\n\n- " + line))
        let html = try writer.html(result)
        let page = try Element(html: html).descendants
        #expect(page.contains { $0.name == "h2" && $0.textContent == "Our coverage" })
        #expect(page.contains { $0.name == "li" && $0.textContent == line })
        #expect(page.first { $0.name == "style" }?.textContent == "h1{color:#123456}")
        #expect(html.contains("Gate rules on the suspect") && !html.contains("What a pass does not mean"))
    }

    @Test func whatIsExportedCanBeUsedAsItIs() throws {
        let folder = try Self.folder(TemplateFiles.builtIn)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = SampleResult.make()
        #expect(try ReportWriter(templates: folder).html(result) == ReportWriter().html(result))
    }

    @Test(arguments: [
        ("verdikt.mustache", "", "no template has this name"), ("page.css", "", "no template has this name"),
        ("verdict.mustache", TemplateTests.head + "\n{{verdikt}}", "verdict.mustache:3: the report has no value"),
        ("report.css", "a{}\n</style><img>", "report.css:2: a style sheet may not hold"),
    ])
    func whatCannotBeUsedIsRefusedByName(file: String, text: String, reason: String) throws {
        let folder = try Self.folder([file: text])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let error = #expect(throws: ReportError.self) { _ = try ReportWriter(templates: folder) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "no error")")
        #expect(error?.file.hasPrefix(file) == true)
    }

    @Test(arguments: ReportSection.allCases)
    func builtInTemplatesShowEveryValueOfTheirView(section: ReportSection) throws {
        let text = try #require(ReportTemplates.partials[section.template])
        let asked = Set(TemplateTag.all(in: text).map(\.name))
        #expect(Self.names(try section.shape()).subtracting(asked) == [])
    }

    /// Every name in a shape, however deep.
    private static func names(_ shape: ViewShape) -> Set<String> {
        switch shape {
        case .text, .code, .flag: []
        case .object(let members): members.reduce(into: []) { $0.formUnion([$1.key] + names($1.value)) }
        case .list(let inner), .optional(let inner): names(inner)
        }
    }

    private static func folder(_ files: [String: String]) throws -> String {
        let path = NSTemporaryDirectory() + "assay-templates-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8) }
        return path
    }
}
