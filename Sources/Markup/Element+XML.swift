extension Element {
    /// The element as an XML 1.0 document in UTF-8.
    ///
    /// Indented where an element holds elements only. Characters that XML forbids become U+FFFD.
    public var xml: String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        writeXML(into: &text, depth: 0)
        return text
    }

    private func writeXML(into text: inout String, depth: Int) {
        let indentation = String(repeating: "  ", count: depth)
        text += indentation + "<" + name
        for attribute in attributes {
            text += " " + attribute.name + "=\""
            XMLText.write(attribute.value, quotes: true, into: &text)
            text += "\""
        }
        guard !children.isEmpty else {
            text += "/>\n"
            return
        }
        text += ">"
        let holdsText = children.contains { $0.element == nil }
        if !holdsText { text += "\n" }
        for child in children {
            switch child {
            case .element(let element): element.writeXML(into: &text, depth: depth + 1)
            case .text(let run): XMLText.write(run, quotes: false, into: &text)
            }
        }
        text += (holdsText ? "" : indentation) + "</" + name + ">\n"
    }
}

/// The escaper of the XML sink.
enum XMLText {
    /// Appends `run` so that a parser reads back exactly its characters and nothing of it as markup.
    static func write(_ run: String, quotes: Bool, into text: inout String) {
        for scalar in run.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"" where quotes: text += "&quot;"
            // A parser would turn these into spaces or line feeds.
            case "\n" where quotes: text += "&#10;"
            case "\t" where quotes: text += "&#9;"
            case "\r": text += "&#13;"
            case _ where !isAllowed(scalar): text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// The `Char` of XML 1.0 without the controls and noncharacters that it discourages.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}
