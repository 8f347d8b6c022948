internal import Markup

/// Accessible tables out of plain ones.
enum TableBuilder {
    /// The table with its caption, header scopes and number cells, in a region that scrolls by itself.
    ///
    /// A short table of mostly words is shown on a narrow screen as a card for each row; roles keep it a table for screen
    /// readers then.
    static func scrollable(_ table: Element, caption: Element?) -> Element {
        var table = table.mapElements(cell)
        table.children.removeAll { $0.element == nil }
        let rows = table.descendants.filter { $0.name == "tr" }
        let heads = rows.first?.elements.map(\.textContent) ?? []
        let words = rows.first?.elements.count { $0["class"] != "num" } ?? 0
        let asCards = (4...7).contains(heads.count) && words >= 3 && rows.count <= 16
        if asCards { table = cards(table, heads: heads) }
        let width = heads.count > 7 ? " wide dense" : heads.count > 3 ? " wide" : ""
        var region = Element("div", ["class": "scroll" + width + (asCards ? " cards" : "")])
        if let caption {
            table.children.insert(
                .element(Element("caption", [:], [.element(Element("span", [:], caption.children))])), at: 0)
            region["role"] = "region"
            region["tabindex"] = "0"
            region["aria-label"] = caption.textContent
        }
        region.append(table)
        return region
    }

    private static func cards(_ table: Element, heads: [String]) -> Element {
        let roles = ["table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"]
        var output = table.mapElements { element in
            var copy = element
            if let role = roles[element.name] { copy["role"] = role }
            if element.name == "th" { copy["role"] = element["scope"] == "row" ? "rowheader" : "columnheader" }
            guard element.name == "tr" else { return copy }
            for (index, child) in copy.children.enumerated() {
                guard case .element(var cell) = child, cell.name == "td", heads.indices.contains(index) else {
                    continue
                }
                cell["data-label"] = heads[index]
                if cell.textContent == NumberText.none { add("none", to: &cell) }
                if cell.textContent.count > 40 { add("long", to: &cell) }
                copy.children[index] = .element(cell)
            }
            return copy
        }
        output["role"] = roles["table"]
        return output
    }

    private static func add(_ style: String, to element: inout Element) {
        element["class"] = (element["class"].map { $0 + " " } ?? "") + style
    }

    /// Long names may break after a dot, an underscore or a slash, and otherwise only where nothing else parts them;
    /// digests stay whole where there is room.
    private static func breakable(_ name: String) -> [Node] {
        guard name.count > 24, name.count != 64 else { return [.text(name)] }
        var nodes: [Node] = []
        var part = ""
        for character in name {
            part.append(character)
            if character == " " {
                nodes.append(.text(part))
                part = ""
            } else if character == "." || character == "_" || character == "/" || part.count == 24 {
                nodes += [.text(part), .element(Element("wbr"))]
                part = ""
            }
        }
        return nodes + [.text(part)]
    }

    /// "98.7% (95.3 to 99.6)" with its interval in an element of its own; other cells as they are.
    private static func interval(_ children: [Node]) -> [Node] {
        guard children.count == 1, case .text(let text)? = children.first, text.last == ")",
            let open = text.firstRange(of: " (")
        else { return children }
        let bounds = String(text[text.index(after: open.lowerBound)...])
        return [.text(text[..<open.lowerBound] + " "), .element(Element("span", ["class": "ci"], text: bounds))]
    }

    private static func cell(_ element: Element) -> Element {
        var copy = element
        switch element.name {
        case "tr":
            copy.children.removeAll { $0.element == nil }
            if case .element(var first)? = copy.children.first, first.name == "td" {
                first.name = "th"
                first["scope"] = "row"
                copy.children[0] = .element(first)
            }
        case "thead", "tbody":
            copy.children.removeAll { $0.element == nil }
        case "code":
            copy.children = breakable(element.textContent)
        case "th", "td":
            if element.name == "th" { copy["scope"] = "col" }
            if element["align"] == "right" {
                copy["class"] = "num"
                copy.children = interval(copy.children)
            }
            copy["align"] = nil
        default: break
        }
        return copy
    }
}
