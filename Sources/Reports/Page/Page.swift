internal import Crypto
internal import Findings
internal import FoundationEssentials
internal import Markup

/// The HTML page: the shell around the sections that the templates gave.
struct Page {
    var result: AuditResult
    /// Blocks of each section, in reading order.
    var sections: [(section: ReportSection, blocks: [Node])]
    var styleSheet: String

    /// The whole file.
    var html: String {
        var page = Element("html", ["lang": "en"])
        page.append(head)
        page.append(body)
        return "<!DOCTYPE html>\n" + page.html
    }

    private var title: String {
        let word = Wording.badge(result.verdict)
        return "\(word): backdoor audit of \(VisibleText.clipped(result.suspect.name, to: 80))"
    }

    private var tool: String { VisibleText.clipped("\(result.tool.name) \(result.tool.version)", to: 80) }

    private var head: Element {
        let style = HTMLStyle.trimmed(styleSheet)
        let digest = Data(SHA256.hash(data: Array(style.utf8))).base64EncodedString()
        let policy = "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
        return Element(
            "head", [:],
            [
                Element("meta", ["charset": "utf-8"]),
                Element("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
                Element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                Element("meta", ["name": "color-scheme", "content": "light dark"]),
                Element("meta", ["name": "generator", "content": tool]),
                Element("title", text: title),
                Element("style", text: style),
            ].map(Node.element))
    }

    private var body: Element {
        var main = Element("main")
        var contents: [(id: String, title: String)] = []
        for (section, blocks) in sections {
            let built = SectionBuilder(section: section, result: result).build(blocks)
            if let title = built.title { contents.append((section.rawValue, title)) }
            main.append(built.element)
        }
        contents.append(("result", "The result itself"))
        main.append(embedded)
        if case .element(var first)? = main.children.first {
            first.children.insert(.element(navigation(contents)), at: min(1, first.children.count))
            main.children[0] = .element(first)
        }
        var body = Element("body")
        body.append(main)
        body.append(
            Element("footer", [:], [.element(Element("p", text: tool))]))
        return body
    }

    private func navigation(_ contents: [(id: String, title: String)]) -> Element {
        let items = contents.map { entry in
            Node.element(
                Element("li", [:], [.element(Element("a", ["href": "#" + entry.id], text: entry.title))]))
        }
        return Element("nav", ["aria-label": "Contents"], [.element(Element("ol", [:], items))])
    }

    private var embedded: Element {
        let json = ResultJSON.bytes(of: result)
        return Element(
            "section", ["id": "result"],
            [
                Element("h2", text: "The result itself"),
                Element(
                    "p",
                    text: "The complete result is embedded in this page, byte for byte the file result.json, as a "
                        + "script element that no browser runs. assay report reads it back."),
                Element(
                    "p", [:],
                    [
                        .text("SHA-256 of its \(NumberText.grouped(json.count)) bytes: "),
                        .element(Element("code", text: ResultJSON.sha256(of: json))),
                    ]),
                Element(
                    "script", ["type": "application/json", "id": "result-json"],
                    text: String(decoding: json, as: UTF8.self)),
            ].map(Node.element))
    }
}

/// The style sheet as it stands in the page.
enum HTMLStyle {
    /// Without leading and trailing white space, so that the digest in the policy is of exactly these bytes.
    static func trimmed(_ css: String) -> String {
        var text = Substring(css)
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
