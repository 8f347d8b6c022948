internal import Markup

/// An inline SVG figure with its words: a title, a description for those who do not see it, and a caption.
///
/// Colours and sizes are presentation attributes, so that a chart stands on its own with the style sheet blocked; classes
/// let the style sheet restate them for dark pages and print.
struct Chart {
    /// Unique in the page; ids of title and description derive from it.
    var id: String
    var title: String
    var description: String
    var caption: String
    var width: Double
    var height: Double
    var marks: [Element]

    /// The `figure` element.
    var figure: Element {
        let size = "0 0 \(Chart.number(width)) \(Chart.number(height))"
        var svg = Element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": size, "width": Chart.number(width),
                "height": Chart.number(height), "role": "img", "aria-labelledby": "\(id)-title \(id)-desc",
                "font-family": "system-ui, sans-serif", "font-size": "12", "fill": "currentColor",
            ])
        svg.append(Element("title", ["id": "\(id)-title"], text: title))
        svg.append(Element("desc", ["id": "\(id)-desc"], text: description))
        for mark in marks { svg.append(mark) }
        let words = Element("figcaption", [:], [.element(Element("strong", text: title)), .text(" " + caption)])
        return Element("figure", ["id": id], [.element(words), .element(svg)])
    }

    /// A coordinate with at most one decimal.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        var text = NumberText.fixed(value, 1).replacing(NumberText.minus, with: "-")
        if text.hasSuffix(".0") { text.removeLast(2) }
        return text
    }
}

/// The marks that charts are built from.
extension Chart {
    static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String, stroke: String = "currentColor",
        width: Double = 1
    ) -> Element {
        Element(
            "line",
            [
                "x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2), "class": style,
                "stroke": stroke, "stroke-width": number(width),
            ])
    }

    static func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, fill: String, title: String? = nil
    ) -> Element {
        var rect = Element(
            "rect",
            [
                "x": number(x), "y": number(y), "width": number(max(0, width)), "height": number(max(0, height)),
                "class": style, "fill": fill,
            ])
        if let title { rect.append(Element("title", text: title)) }
        return rect
    }

    static func circle(
        _ x: Double, _ y: Double, _ radius: Double, _ style: String, fill: String, title: String? = nil
    ) -> Element {
        var circle = Element(
            "circle", ["cx": number(x), "cy": number(y), "r": number(radius), "class": style, "fill": fill])
        if let title { circle.append(Element("title", text: title)) }
        return circle
    }

    static func path(_ data: String, _ style: String, fill: String = "none", stroke: String = "none") -> Element {
        Element(
            "path", ["d": data, "class": style, "fill": fill, "stroke": stroke, "stroke-width": "1.5"])
    }

    static func text(
        _ x: Double, _ y: Double, _ text: String, _ style: String = "label", anchor: String = "start",
        size: Double? = nil
    ) -> Element {
        var element = Element(
            "text", ["x": number(x), "y": number(y), "class": style, "text-anchor": anchor], text: text)
        if let size { element["font-size"] = number(size) }
        return element
    }

    /// A dashed line: what a value is held against.
    static func limit(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Element {
        var rule = line(x1, y1, x2, y2, "limit", stroke: "#b91c1c", width: 1.5)
        rule["stroke-dasharray"] = "5 4"
        return rule
    }

    /// A horizontal interval with end caps.
    static func whisker(_ x1: Double, _ x2: Double, y: Double, cap: Double, _ style: String = "whisker") -> [Element] {
        [
            line(x1, y, x2, y, style, width: 1.5), line(x1, y - cap, x1, y + cap, style, width: 1.5),
            line(x2, y - cap, x2, y + cap, style, width: 1.5),
        ]
    }
}

/// The colour of each model: distinct in lightness as well as hue, and always beside its name.
enum ModelColour {
    static func fill(_ model: Int) -> String {
        ["#c2410c", "#a16207", "#0f766e", "#64748b"][min(max(model, 0), 3)]
    }
}
