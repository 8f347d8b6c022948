/// Checks every name in a set of templates against the view model before anything is rendered.
///
/// Mustache itself renders a missing name as nothing, and so would a report quietly lose its numbers.
struct TemplateCheck {
    /// Template texts by name, without the extension.
    var templates: [String: String]

    /// Throws at the first tag of `name` that `root` cannot answer.
    func check(_ name: String, against root: ViewShape) throws(ReportError) {
        try check(name, scopes: [root], depth: 0)
    }

    private func check(_ name: String, scopes: [ViewShape], depth: Int) throws(ReportError) {
        let file = name + ".mustache"
        guard let text = templates[name] else {
            throw ReportError(.template, file: file, detail: "the report needs this template and there is none.")
        }
        let tags = TemplateTag.all(in: text).filter { $0.kind != .comment }
        guard let first = tags.first, first.kind == .contentType, text.hasPrefix("{{%") else {
            let pragma = "{{% CONTENT_TYPE:\(MarkdownText.contentType)}}"
            throw ReportError(
                .template, file: file + ":1", detail: "the first line must be \(pragma), or nothing is escaped.")
        }
        var scopes = scopes
        var open: [TemplateTag] = []
        for tag in tags {
            func refuse(_ detail: String) -> ReportError {
                ReportError(.template, file: "\(file):\(tag.line)", detail: detail)
            }
            switch tag.kind {
            case .comment: break
            case .unsupported: throw refuse("the tag {{\(tag.name)}} is not supported in report templates.")
            case .contentType:
                let value = tag.name.split(separator: ":").last?.drop { $0 == " " }
                guard value == MarkdownText.contentType[...] else {
                    throw refuse("the content type must be \(MarkdownText.contentType), or nothing is escaped.")
                }
            case .partial:
                guard templates[tag.name] != nil else {
                    throw refuse("there is no template called \(tag.name); use one of the built-in names.")
                }
                guard depth < 8 else { throw refuse("partials are nested more than 8 deep.") }
                try check(tag.name, scopes: scopes, depth: depth + 1)
            case .variable, .unescaped:
                try checkValue(tag, in: scopes, refuse: refuse)
            case .section, .inverted:
                open.append(tag)
                scopes.append(try section(tag, in: scopes, refuse: refuse))
            case .close:
                guard let opened = open.popLast(), opened.name == tag.name else {
                    throw refuse("{{/\(tag.name)}} closes a section that is not open here.")
                }
                scopes.removeLast()
            }
        }
        if let tag = open.last {
            throw ReportError(.template, file: "\(file):\(tag.line)", detail: "{{#\(tag.name)}} is never closed.")
        }
    }

    private func checkValue(
        _ tag: TemplateTag, in scopes: [ViewShape], refuse: (String) -> ReportError
    ) throws(ReportError) {
        let isUnescaped = tag.kind == .unescaped
        switch try lookUp(tag, in: scopes, refuse: refuse) {
        case .text where !isUnescaped: break
        case .code where isUnescaped: break
        case .text: throw refuse("{{{\(tag.name)}}} would not be escaped; write {{\(tag.name)}}.")
        case .code: throw refuse("\(tag.name) escapes itself; write {{{\(tag.name)}}}.")
        case .flag, .object, .list, .optional:
            throw refuse("\(tag.name) is not a text; open it with {{#\(tag.name)}}.")
        }
    }

    private func section(
        _ tag: TemplateTag, in scopes: [ViewShape], refuse: (String) -> ReportError
    ) throws(ReportError) -> ViewShape {
        switch try lookUp(tag, in: scopes, refuse: refuse) {
        case .flag: return .object([:])
        case .list(let element): return tag.kind == .section ? element : .object([:])
        case .optional(let inner): return tag.kind == .section ? inner : .object([:])
        case .text, .code, .object: throw refuse("\(tag.name) is always there; a section of it says nothing.")
        }
    }

    private func lookUp(
        _ tag: TemplateTag, in scopes: [ViewShape], refuse: (String) -> ReportError
    ) throws(ReportError) -> ViewShape {
        if tag.name == "." { return scopes.last ?? .object([:]) }
        var found: ViewShape?
        for scope in scopes.reversed() {
            guard case .object(let members) = scope, let member = members[tag.name] else { continue }
            if case .optional = found {
                throw refuse("\(tag.name) may be absent here and then means another \(tag.name) further out.")
            }
            found = found ?? member
        }
        guard let found else {
            throw refuse("the report has no value called \(tag.name); see the names in the built-in template.")
        }
        return found
    }
}
