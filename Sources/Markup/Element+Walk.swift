extension Element {
    /// All text inside, in reading order.
    public var textContent: String {
        children.reduce(into: "") { text, child in
            switch child {
            case .text(let run): text += run
            case .element(let element): text += element.textContent
            }
        }
    }

    /// The child elements, without text between them.
    public var elements: [Element] {
        children.compactMap(\.element)
    }

    /// This element and all elements inside it, in document order.
    public var descendants: [Element] {
        [self] + elements.flatMap(\.descendants)
    }

    /// Replaces every element inside by what `change` gives for it, innermost first.
    public func mapElements(_ change: (Element) -> Element) -> Element {
        var copy = self
        copy.children = children.map { child in
            guard let element = child.element else { return child }
            return .element(change(element.mapElements(change)))
        }
        return copy
    }
}
