internal import Markup
internal import ReportTemplates

/// A page of HTML that needs no other file, in the style of the audit's report.
enum PageHTML {
    static func render(_ blocks: [PageBlock]) -> String {
        let titles = blocks.compactMap { block in
            if case .heading(1, let text) = block { text } else { nil }
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(escape(titles.first ?? "Results"))</title>
            <style>
            \(ReportTemplates.styleSheet)
            \(style)
            </style>
            </head>
            <body>
            <main>
            \(blocks.map(render).joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    /// What a page of tables has beyond the report's style sheet.
    private static let style = """
        main{max-width:1240px;padding-top:32px;padding-bottom:40px}
        main h1{font-size:1.9rem;line-height:1.2;color:var(--ink)}
        main h2{margin-top:48px}
        main ul{font-size:.93rem}
        main svg{display:block;max-width:100%;height:auto;margin:0 0 20px}
        .dense tbody th{min-width:100px}
        .dense tbody th+th{min-width:0;position:static}
        .dense th,.dense td{padding-left:7px;padding-right:7px}
        .scroll thead th{padding-top:12px}
        tr:not(.group)>*{border-top:0;padding-top:2px;padding-bottom:4px}
        .flat tr>*{border-top:1px solid var(--line);padding-top:8px;padding-bottom:8px}
        """

    private static func render(_ block: PageBlock) -> String {
        switch block {
        case .heading(let level, let text): "<h\(level)>\(escape(text))</h\(level)>"
        case .paragraph(let text): "<p>\(escape(text))</p>"
        case .list(let items):
            "<ul>\n" + items.map { "<li>\(escape($0))</li>\n" }.joined() + "</ul>"
        case .table(let table): render(table)
        }
    }

    private static func render(_ table: PageTable) -> String {
        let head = table.header.enumerated().map { index, text in
            "<th scope=\"col\"\(index < table.names ? "" : " class=\"num\"")>\(escape(text))</th>"
        }
        let rows = table.rows.map { row in
            let cells = row.enumerated().map { index, text in
                index < table.names ? "<th scope=\"row\">\(escape(text))</th>" : "<td class=\"num\">\(value(text))</td>"
            }
            return "<tr\(row.first?.isEmpty == false ? " class=\"group\"" : "")>\(cells.joined())</tr>\n"
        }
        let width = table.header.count > 7 ? " wide dense" : table.header.count > 3 ? " wide" : ""
        return
            "<div class=\"scroll\(width)\(table.names == 1 ? " flat" : "")\"><table>\n<thead><tr>\(head.joined())</tr></thead>\n"
            + "<tbody>\n\(rows.joined())</tbody>\n</table></div>"
    }

    /// A number with what stands in parentheses after it set apart.
    private static func value(_ text: String) -> String {
        guard text.last == ")", let open = text.firstRange(of: " (") else { return escape(text) }
        return "\(escape(String(text[..<open.lowerBound]))) <span class=\"ci\">"
            + "\(escape(String(text[text.index(after: open.lowerBound)...])))</span>"
    }

    private static func escape(_ text: String) -> String { HTMLText.escape(text) }
}
