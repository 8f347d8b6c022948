internal import Findings
internal import Markup

/// Turns the plain blocks of one section into its part of the page: anchors, table captions and scopes, charts.
struct SectionBuilder {
    var section: ReportSection
    var result: AuditResult

    /// The section element, and the text of its first second-level heading for the list of contents.
    func build(_ blocks: [Node]) -> (element: Element, title: String?) {
        var element = Element("section", ["id": section.rawValue])
        let elements = captioned(blocks.compactMap(\.element))
        let finished = elements.map { $0.mapElements(markState) }.map(markState)
        let title = finished.first { $0.name == "h2" }?.textContent
        let blocks = paired(placed(finished))
        element.children = (section == .findings ? articles(blocks) : blocks).map(Node.element)
        if section == .verdict { element = banner(element) }
        return (element, title)
    }

    /// Joins every paragraph of nothing but emphasis with the table after it, as the table's caption.
    private func captioned(_ elements: [Element]) -> [Element] {
        var output: [Element] = []
        for element in elements {
            guard element.name == "table" else {
                output.append(element)
                continue
            }
            var caption: Element?
            if let last = output.last, last.name == "p", last.elements.map(\.name) == ["em"],
                last.textContent == last.elements.first?.textContent
            {
                caption = Element("caption", [:], last.elements.first?.children ?? [])
                output.removeLast()
            }
            output.append(TableBuilder.scrollable(element, caption: caption))
        }
        return output
    }

    /// Puts the charts before the section's first table: several side by side, one beside the words before it.
    private func placed(_ elements: [Element]) -> [Element] {
        var output = anchored(elements)
        let figures = charts.map(\.figure)
        guard let figure = figures.first else { return output }
        let next = output.firstIndex { $0["class"]?.hasPrefix("scroll") == true } ?? output.count
        let words = output[..<next].firstIndex { $0.name == "p" || $0.name == "ul" }
        guard figures.count == 1, let words else {
            let row = Element("div", ["class": "charts of\(figures.count)"], figures.map(Node.element))
            output.insert(row, at: next)
            return output
        }
        let text = Element("div", ["class": "words"], output[words..<next].map(Node.element))
        let row = Element("div", ["class": "beside"], [.element(text), .element(figure)])
        output.replaceSubrange(words..<next, with: [row])
        return output
    }

    /// Joins tables of few columns that follow each other into rows of two.
    private func paired(_ elements: [Element]) -> [Element] {
        elements.reduce(into: []) { output, element in
            guard element["class"] == "scroll" else {
                output.append(element)
                return
            }
            if let last = output.indices.last, output[last]["class"] == "pair" {
                output[last].append(element)
            } else if let last = output.indices.last, output[last]["class"] == "scroll" {
                output[last] = Element("div", ["class": "pair"], [.element(output[last]), .element(element)])
            } else {
                output.append(element)
            }
        }
    }

    /// Charts of this section, in reading order.
    private var charts: [Chart] {
        switch section {
        case .beforeAfter:
            let rates = result.probes.map { [RateChart.attack($0, result), RateChart.accuracy($0)] } ?? []
            return (rates + [result.remedy.flatMap(RhoChart.chart)]).compactMap(\.self)
        case .embeddings: return [result.embeddings.flatMap(EmbeddingChart.chart)].compactMap(\.self)
        case .weights: return [result.weights.flatMap { DeltaHeatMap.chart($0.tensors) }].compactMap(\.self)
        case .triggers: return [result.probes.flatMap { EffectChart.chart($0, result) }].compactMap(\.self)
        case .verdict, .audited, .findings, .coverage, .changes, .reproduce: return []
        }
    }

    /// Gives third-level headings an anchor made of their words; the section itself carries the second level's.
    private func anchored(_ elements: [Element]) -> [Element] {
        elements.map { element in
            guard element.name == "h3" else { return element }
            var heading = element
            let words = element.textContent.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
            heading["id"] = words.prefix(6).joined(separator: "-")
            return heading
        }
    }

    /// Gathers each rule's heading and what follows it into an article.
    private func articles(_ elements: [Element]) -> [Element] {
        elements.reduce(into: []) { output, element in
            if element.name == "h3" {
                output.append(Element("article", ["class": "rule"], [.element(element)]))
            } else if let last = output.indices.last, output[last].name == "article" {
                output[last].append(element)
            } else {
                output.append(element)
            }
        }
    }

    /// Wraps everything before the gate's heading and marks it with the verdict.
    private func banner(_ element: Element) -> Element {
        let split = element.children.firstIndex { $0.element?.name == "h2" } ?? element.children.count
        let top = Array(element.children[..<split])
        var banner = Element("header", ["class": "banner \(result.verdict.rawValue)"], top)
        if let word = banner.children.firstIndex(where: { $0.element?.name == "p" }),
            case .element(var paragraph) = banner.children[word]
        {
            paragraph["class"] = "verdict"
            let name = String(Wording.badge(result.verdict).drop { !$0.isLetter })
            paragraph.children = [
                .element(VerdictIcon.element(result.verdict)), .element(Element("strong", text: name)),
            ]
            banner.children[word] = .element(paragraph)
        }
        var copy = element
        copy.children = [.element(banner)] + element.children[split...]
        return copy
    }

    /// Gives a state's word the class of its colour: cells and strong text such as "✗ Failed" or "High".
    private func markState(_ element: Element) -> Element {
        guard element.name == "td" || element.name == "strong", let style = StateStyle.name(of: element.textContent)
        else { return element }
        var copy = element
        if element.name == "strong" {
            copy["class"] = "state " + style
        } else {
            copy.children = [.element(Element("span", ["class": "state " + style], element.children))]
        }
        return copy
    }
}
