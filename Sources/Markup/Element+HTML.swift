extension Element {
    /// The element as HTML text.
    ///
    /// Written here rather than by libxml2, whose HTML writer differs between versions and knows only HTML 4: a report
    /// has the same bytes on every machine. Control characters that no document may hold become U+FFFD.
    public var html: String {
        var text = ""
        write(into: &text)
        return text
    }

    private static let void: Set<String> = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"]
    private static let raw: Set<String> = ["script", "style"]
    private static let block: Set<String> = [
        "article", "aside", "blockquote", "body", "caption", "details", "div", "figcaption", "figure", "footer", "h1",
        "h2", "h3", "h4", "head", "header", "html", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "script",
        "section", "style", "summary", "svg", "table", "tbody", "thead", "title", "tr", "ul",
    ]

    private func write(into text: inout String) {
        text += "<" + name
        for attribute in attributes {
            text += " " + attribute.name + "=\""
            HTMLText.write(attribute.value, quotes: true, into: &text)
            text += "\""
        }
        text += ">"
        guard !Self.void.contains(name) else {
            if name == "meta" { text += "\n" }
            return
        }
        for child in children {
            switch child {
            case .element(let element): element.write(into: &text)
            case .text(let run) where Self.raw.contains(name): text += HTMLText.inertRaw(run, in: name)
            case .text(let run): HTMLText.write(run, quotes: false, into: &text)
            }
        }
        text += "</" + name + ">"
        if Self.block.contains(name) { text += "\n" }
    }
}

/// The escaper of the HTML sink.
public enum HTMLText {
    /// `run` as text or as an attribute's value, for a page that is written as a string.
    public static func escape(_ run: String) -> String {
        var text = ""
        write(run, quotes: true, into: &text)
        return text
    }

    /// Appends `run` so that a browser reads back exactly its characters and nothing of it as markup.
    static func write(_ run: String, quotes: Bool, into text: inout String) {
        for scalar in run.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"" where quotes: text += "&quot;"
            case "\n", "\t": text.unicodeScalars.append(scalar)
            case _ where isForbidden(scalar): text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// The text of a style sheet or data block with every `</` and `<!` parted, so that it cannot end its element.
    static func inertRaw(_ run: String, in element: String) -> String {
        var text = ""
        var previous: Unicode.Scalar = " "
        for scalar in run.unicodeScalars {
            if previous == "<", scalar == "/" || scalar == "!" {
                text += element == "style" ? "\\" : " "
            }
            text.unicodeScalars.append(scalar)
            previous = scalar
        }
        return text
    }

    /// C0 and C1 controls and noncharacters: not allowed in a document, whatever escape is used.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}
