/// One `{{…}}` of a template, with its line.
struct TemplateTag: Equatable {
    enum Kind: Equatable {
        case variable, unescaped, section, inverted, close, partial, contentType, comment
        /// Mustache that Assay's templates do not use: delimiters, inheritance, dynamic names.
        case unsupported
    }

    var kind: Kind
    var name: String
    var line: Int

    /// The tags of a template in order; a tag without an end is reported as unsupported.
    static func all(in text: String) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var line = 1
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{") {
            line += lineBreaks(in: rest[..<open.lowerBound])
            rest = rest[open.upperBound...]
            let isTriple = rest.first == "{"
            guard let close = rest.firstRange(of: isTriple ? "}}}" : "}}") else {
                tags.append(TemplateTag(kind: .unsupported, name: "{{", line: line))
                break
            }
            let body = rest[..<close.lowerBound].dropFirst(isTriple ? 1 : 0)
            tags.append(tag(isTriple ? "&" + body : body, line: line))
            line += lineBreaks(in: body)
            rest = rest[close.upperBound...]
        }
        return tags
    }

    private static func tag(_ body: Substring, line: Int) -> TemplateTag {
        let kinds: [Character: Kind] = [
            "#": .section, "^": .inverted, "/": .close, ">": .partial, "&": .unescaped, "%": .contentType,
            "!": .comment, "=": .unsupported, "<": .unsupported, "$": .unsupported,
        ]
        let kind = body.first.flatMap { kinds[$0] }
        let name = trimmed(kind == nil ? body : body.dropFirst())
        guard !name.contains(where: { $0 == "(" || $0 == "*" }) || kind == .comment else {
            return TemplateTag(kind: .unsupported, name: name, line: line)
        }
        return TemplateTag(kind: kind ?? .variable, name: name, line: line)
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        return String(text)
    }

    private static func lineBreaks(in text: Substring) -> Int {
        text.count { $0.isNewline }
    }
}
