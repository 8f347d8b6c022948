/// A node of a document: an element or a run of text.
public enum Node: Sendable, Equatable {
    case element(Element)
    /// Plain text; escaped when the document is serialised.
    case text(String)
}

/// An element with its attributes in order and its children.
public struct Element: Sendable, Equatable {
    /// The tag's name, as written: SVG names are case-sensitive.
    public var name: String
    /// In the order in which they are written.
    public var attributes: [Attribute]
    /// In document order.
    public var children: [Node]

    /// A name and a value; the value is escaped when the document is serialised.
    public struct Attribute: Sendable, Equatable {
        /// The name, never from data: it is not escaped.
        public var name: String
        /// The raw value.
        public var value: String
    }

    /// An element; attributes keep the order they are written in, so that equal documents give equal bytes.
    public init(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Node] = []
    ) {
        self.name = name
        self.attributes = attributes.map { Attribute(name: $0.key, value: $0.value) }
        self.children = children
    }

    /// An element that holds one run of text.
    public init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        self.init(name, attributes, [.text(text)])
    }

    /// The value of an attribute; setting nil removes it.
    public subscript(name: String) -> String? {
        get { attributes.first { $0.name == name }?.value }
        set {
            let index = attributes.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): attributes[index].value = value
            case (let index?, nil): attributes.remove(at: index)
            case (nil, let value?): attributes.append(Attribute(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Appends a child element.
    public mutating func append(_ child: Element) {
        children.append(.element(child))
    }
}

extension Node {
    /// The element, if this node is one.
    public var element: Element? {
        if case .element(let element) = self { element } else { nil }
    }
}
