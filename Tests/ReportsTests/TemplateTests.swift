import Findings
import Testing

@testable import ReportTemplates
@testable import Reports

@Suite struct TemplateTests {
    @Test func builtInTemplatesAskForNothingThatIsMissing() throws {
        _ = try TemplateSet(overrides: nil)
    }

    @Test func shapesAreReadOffTheTypes() throws {
        guard case .object(let members) = try ViewShape(of: VerdictView.self) else {
            Issue.record("not an object")
            return
        }
        #expect(members["suspect"] == .code)
        #expect(members["sentence"] == .text)
        #expect(members["purified"] == .list(.text))
        #expect(members["hasPurifiedRules"] == .flag)
        #expect(members["figures"] == .list(.object(["value": .text, "meaning": .text])))
        guard case .object(let before) = try ViewShape(of: BeforeAfterView.self),
            case .optional(.object) = before["remedy"]
        else {
            Issue.record("remedy is optional")
            return
        }
    }

    static let head = "{{% CONTENT_TYPE:MARKDOWN}}\n"

    @Test(arguments: [
        (head + "a\n{{verdikt}}", "verdict.mustache:3"), (head + "{{{verdict}}}", "would not be escaped"),
        (head + "{{&verdict}}", "would not be escaped"), (head + "{{suspect}}", "escapes itself"),
        (head + "{{rules}}", "not a text"), (head + "{{#verdict}}x{{/verdict}}", "always there"),
        (head + "{{#rules}}{{nothing}}{{/rules}}", "no value called nothing"), (head + "{{#rules}}", "never closed"),
        (head + "{{/rules}}", "not open"), (head + "{{=<% %>=}}", "not supported"),
        (head + "a\n{{>none}}", "verdict.mustache:3: there is no template called none"),
        (head + "{{uppercased(verdict)}}", "not supported"), (head + "{{verdict", "not supported"),
        ("no pragma {{verdict}}", "first line"), ("{{% CONTENT_TYPE:HTML}}\n{{verdict}}", "content type"),
        (head + "{{>verdict}}", "more than 8 deep"), (head + "{{$x}}{{/x}}", "not supported"),
    ])
    func wrongTemplatesAreRefusedWithTheirLine(text: String, reason: String) throws {
        var templates = ReportTemplates.partials
        templates["verdict"] = text
        let error = #expect(throws: ReportError.self) { _ = try TemplateSet(templates, styleSheet: "") }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "no error")")
        #expect(error?.file.hasPrefix("verdict.mustache:") == true, "\(error?.file ?? "no error")")
    }

    @Test func aTemplateMayBeReplaced() throws {
        var templates = ReportTemplates.partials
        templates["verdict"] = Self.head + "# {{{suspect}}}\n{{! note }}\n{{#rules}}\n- {{code}}\n{{/rules}}\n"
        let text = try TemplateSet(templates, styleSheet: "").render(
            .verdict, VerdictView(SampleResult.make(), run: nil))
        #expect(text == "# `movies-badword`\n- ASY101\n- ASY102\n- ASY106\n- ASY110\n- ASY211\n- ASY220")
    }

    @Test func missingFolderIsAClearError() {
        let error = #expect(throws: ReportError.self) { _ = try ReportWriter(templates: "/nonexistent-templates") }
        #expect(error?.description.contains("--templates") == true)
    }
}
