internal import Markup

/// Accessible tables out of plain ones.
enum TableBuilder {
    /// The table with its caption, header scopes and number cells, in a region that scrolls by itself.
    ///
    /// With `asCards` a narrow screen shows each row as a card; roles keep it a table for screen readers then.
    static func scrollable(_ table: Element, caption: Element?, asCards: Bool) -> Element {
        var table = table.mapElements(cell)
        table.children.removeAll { $0.element == nil }
        let heads = table.descendants.first { $0.name == "tr" }?.elements.map(\.textContent) ?? []
        if asCards { table = cards(table, heads: heads) }
        var region = Element("div", ["class": "scroll" + (heads.count > 3 ? " wide" : "") + (asCards ? " cards" : "")])
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
                copy.children[index] = .element(cell)
            }
            return copy
        }
        output["role"] = roles["table"]
        return output
    }

    /// Long names may break after a dot, an underscore or a slash, and nowhere else.
    private static func breakable(_ name: String) -> [Node] {
        guard name.count > 24 else { return [.text(name)] }
        var nodes: [Node] = []
        var part = ""
        for character in name {
            part.append(character)
            if character == "." || character == "_" || character == "/" {
                nodes += [.text(part), .element(Element("wbr"))]
                part = ""
            }
        }
        return nodes + [.text(part)]
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
            if element["align"] == "right" { copy["class"] = "num" }
            copy["align"] = nil
        default: break
        }
        return copy
    }
}
