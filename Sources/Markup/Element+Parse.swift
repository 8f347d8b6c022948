import CLibXML2

extension Element {
    /// The root of a well-formed XML text. No entity, DTD or network is followed.
    ///
    /// - Throws: `MarkupError` when the text is not well-formed or larger than 2 GiB.
    public init(xml text: String) throws(MarkupError) {
        self = try Self.read(text, with: assay_xml_read, format: "XML")
    }

    /// The root of an HTML page, mended as browsers do; how a finished report is checked.
    public init(html text: String) throws(MarkupError) {
        self = try Self.read(text, with: assay_html_read, format: "HTML")
    }

    private static func read(
        _ text: String, with parse: (UnsafePointer<CChar>?, Int32) -> xmlDocPtr?, format: String
    ) throws(MarkupError) -> Element {
        var source = text
        let parsed: Element? = source.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters -> Element? in
                guard let count = Int32(exactly: characters.count),
                    let document = parse(characters.baseAddress, count)
                else { return nil }
                defer { xmlFreeDoc(document) }
                return xmlDocGetRootElement(document).flatMap(Element.init(copying:))
            }
        }
        guard let parsed else {
            throw MarkupError("The report's markup is not well-formed \(format); check the templates for stray markup.")
        }
        return parsed
    }

    /// Copies a library node and all below it; nil when it is not an element.
    private init?(copying node: xmlNodePtr) {
        guard node.pointee.type == XML_ELEMENT_NODE, let name = node.pointee.name else { return nil }
        self.init(String(cString: name))
        var attribute = node.pointee.properties
        while let current = attribute {
            if let name = current.pointee.name {
                let value = xmlNodeListGetString(node.pointee.doc, current.pointee.children, 1)
                defer { if let value { assay_xml_free(value) } }
                attributes.append(
                    Attribute(name: String(cString: name), value: value.map { String(cString: $0) } ?? ""))
            }
            attribute = current.pointee.next
        }
        var child = node.pointee.children
        while let current = child {
            if let element = Element(copying: current) {
                children.append(.element(element))
            } else if [XML_TEXT_NODE, XML_CDATA_SECTION_NODE].contains(current.pointee.type),
                let content = current.pointee.content
            {
                children.append(.text(String(cString: content)))
            }
            child = current.pointee.next
        }
    }
}
