/// A page of HTML that needs no other file.
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
            <title>\(escape(titles.first ?? "Results"))</title>
            <style>
            \(style)
            </style>
            </head>
            <body>
            \(blocks.map(render).joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private static let style = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        h2 { margin-top: 2.5rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.875rem; }
        th, td { padding: 0.25rem 0.6rem; text-align: right; white-space: nowrap; }
        thead th { border-bottom: 2px solid; vertical-align: bottom; white-space: normal; }
        th.name, td.name { text-align: left; }
        tr.group td { border-top: 1px solid #8888; }
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
        func cells(_ texts: [String], _ tag: String) -> String {
            texts.enumerated().map { index, text in
                "<\(tag)\(index < table.names ? " class=\"name\"" : "")>\(escape(text))</\(tag)>"
            }.joined()
        }
        let rows = table.rows.map { row in
            "<tr\(row.first?.isEmpty == false ? " class=\"group\"" : "")>\(cells(row, "td"))</tr>\n"
        }
        return "<div class=\"wide\"><table>\n<thead><tr>\(cells(table.header, "th"))</tr></thead>\n<tbody>\n"
            + rows.joined() + "</tbody>\n</table></div>"
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
