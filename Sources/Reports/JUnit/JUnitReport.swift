import Findings
import Markup

/// junit.xml: one test case a gate rule and one a trigger, for the test report of a CI system.
///
/// Failures and errors are in the suites of the gated model alone, and there are some exactly when its verdict is not
/// "passed".
struct JUnitReport: ReportRendering {
    func bytes(of input: ReportInput) -> [UInt8] {
        Array(Self.document(input).xml.utf8)
    }

    private static func document(_ input: ReportInput) -> Element {
        let result = input.result
        let suites = JUnitSuite.all(of: result)
        var root = Element("testsuites", ["name": "assay"], suites.map { .element(suite($0, input)) })
        JUnitSuite.count(suites.flatMap(\.cases), in: &root)
        if let run = input.run { root["time"] = NumberText.fixed(max(0, run.seconds), 3) }
        return root
    }

    private static func suite(_ suite: JUnitSuite, _ input: ReportInput) -> Element {
        var element = Element("testsuite", ["name": suite.name])
        JUnitSuite.count(suite.cases, in: &element)
        // The format's own form of a date has no zone; UTC is meant.
        if let stamp = input.created.flatMap(NumberText.timestamp) { element["timestamp"] = String(stamp.dropLast()) }
        element.append(Element("properties", [:], properties(input.result).map(Node.element)))
        for item in suite.cases { element.append(item.element) }
        return element
    }

    private static func properties(_ result: AuditResult) -> [Element] {
        let values: [(String, String?)] = [
            ("suspect", TerminalText.escape(result.suspect.name, limit: 120)), ("kind", result.kind.rawValue),
            ("verdict", result.verdict.rawValue), ("purified_verdict", result.purifiedVerdict?.rawValue),
            ("exit", String(result.exitStatus.rawValue)),
            ("findings", result.findings.map(\.code.rawValue).joined(separator: " ")),
        ]
        return values.compactMap { name, value in
            value.map { Element("property", ["name": name, "value": $0]) }
        }
    }
}
