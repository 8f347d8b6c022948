internal import Mustache

/// The escaper of the Markdown sink: the result is one line of literal text, in a paragraph, a heading or a table cell.
struct MarkdownText: MustacheContentType {
    /// What templates write in `{{% CONTENT_TYPE:MARKDOWN}}`.
    static let contentType = "MARKDOWN"

    /// Makes the content type known to the template parser, once for the process.
    static let registered: Void = MustacheContentTypes.register(MarkdownText(), named: contentType)

    func escapeText(_ text: String) -> String { Self.escape(text) }

    /// `raw` as Markdown that reads back as its visible form and nothing else.
    static func escape(_ raw: String) -> String {
        let scalars = Array(VisibleText.of(raw).unicodeScalars)
        var text = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            if scalar == " ", index == 0 || index == scalars.count - 1 {
                text.append(contentsOf: "&#32;".unicodeScalars)
                continue
            }
            if needsEscape(scalar, at: index, in: scalars) { text.append("\\") }
            text.append(scalar)
        }
        return String(text)
    }

    private static let always: Set<Unicode.Scalar> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "$", "@", "#",
    ]

    /// `always`, and what has a meaning only at the start of a line or in a bare address.
    private static func needsEscape(_ scalar: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        if always.contains(scalar) { return true }
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        switch scalar {
        case "-", "+": return index == 0 && !("0"..."9").contains(next)
        case "=": return index == 0
        // "::" begins a workflow command in a CI log.
        case ":": return next == "/" || (index == 0 && next == ":")
        case ".", ")":
            let before = scalars[..<index]
            let endsNumber = next == " " && before.allSatisfy { ("0"..."9").contains($0) }
            return endsNumber || String(String.UnicodeScalarView(before.suffix(3))).lowercased() == "www"
        default: return false
        }
    }
}
