/// A part of a page of results: plain text, which each format escapes for itself.
enum PageBlock: Sendable, Equatable {
    case heading(Int, String)
    case paragraph(String)
    case list([String])
    case table(PageTable)
}

/// A table whose first columns name rows; the others hold numbers.
struct PageTable: Sendable, Equatable {
    let header: [String]
    let rows: [[String]]
    /// Columns that name rows; a row whose first name is empty continues the group above it.
    let names: Int
}

/// GitHub-flavoured Markdown.
enum PageMarkdown {
    static func render(_ blocks: [PageBlock]) -> String {
        blocks.map(render).joined(separator: "\n\n") + "\n"
    }

    private static func render(_ block: PageBlock) -> String {
        switch block {
        case .heading(let level, let text): String(repeating: "#", count: level) + " " + escape(text)
        case .paragraph(let text): escape(text)
        case .list(let items): items.map { "- " + escape($0) }.joined(separator: "\n")
        case .table(let table): render(table)
        }
    }

    private static func render(_ table: PageTable) -> String {
        let rule = table.header.indices.map { $0 < table.names ? "---" : "--:" }
        return ([table.header.map(escape), rule] + table.rows.map { $0.map(escape) })
            .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    /// Text without line breaks, in which nothing is markup and controls become U+FFFD.
    private static func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~", "&": result += ["\\", scalar]
            case _ where Character(scalar).isNewline: result.append(" ")
            case _ where CSVField.isControl(scalar): result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
