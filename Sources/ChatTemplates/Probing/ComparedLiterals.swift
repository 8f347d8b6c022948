/// A text of the template that it compares with what messages say.
public struct ComparedLiteral: Sendable, Hashable {
    /// The text that the template looks for.
    public let text: String
    /// The line of the comparison.
    public let line: Int
}

extension ChatTemplate {
    /// Texts that the template compares with the content of messages, such as `x` in `'x' in message.content`, in the
    /// order of the template.
    ///
    /// Content is followed through variables, loops, macros, filters and methods; texts that the template puts together
    /// from constants are given whole and in parts.
    public var comparedLiterals: [ComparedLiteral] {
        let search = LiteralSearch(bindings: Bindings(statements), file: file, limits: limits)
        var seen: Set<ComparedLiteral> = []
        return search.found().filter { seen.insert($0).inserted }
    }
}

/// Finds the expressions of a template that compare something with the content of messages.
private struct LiteralSearch {
    let bindings: Bindings
    let file: String
    let limits: TemplateLimits

    func found() -> [ComparedLiteral] {
        bindings.expressions.flatMap { expression in
            others(in: expression).flatMap(texts).compactMap { text in
                text.stripped().count == 0 ? nil : ComparedLiteral(text: text.string, line: expression.line)
            }
        }
    }

    /// The expressions that `expression` compares with content.
    private func others(in expression: Expression) -> [Expression] {
        switch expression.kind {
        case .comparison(let first, let rest):
            return zip([first] + rest.map(\.operand), rest.map(\.operand)).flatMap { left, right in
                (isText(left) ? [right] : []) + (isText(right) ? [left] : [])
            }
        case .call(let callee, let arguments):
            guard case .attribute(let receiver, let method) = callee.kind else { return [] }
            if method == "get" { return arguments.all.contains(where: isText) ? [receiver] : [] }
            return isText(receiver) && Self.searching.contains(method) ? arguments.all : []
        case .test(let base, let call): return isText(base) ? call.arguments.all : []
        case .item(let base, let key): return isText(key) ? [base] : []
        case .filter(let base, let call): return others(in: call, of: base)
        default: return []
        }
    }

    private func others(in call: FilterCall, of base: Expression) -> [Expression] {
        switch call.name {
        case "replace": return isText(base) ? Array(call.arguments.positional.prefix(1)) : []
        case "select", "reject": return isText(base) ? Array(call.arguments.positional.dropFirst()) : []
        case "selectattr", "rejectattr":
            guard bindings.content(base) != .nothing, let attribute = call.arguments.positional.first else { return [] }
            if case .literal(.string(let key)) = attribute.kind, Bindings.shapeKeys.contains(key.string) { return [] }
            return Array(call.arguments.positional.dropFirst(2))
        default: return []
        }
    }

    /// Methods of a string that look for their argument.
    private static let searching: Set<String> = [
        "startswith", "endswith", "find", "rfind", "index", "count", "split", "rsplit", "partition", "rpartition",
        "removeprefix", "removesuffix", "replace",
    ]

    private func isText(_ expression: Expression) -> Bool { bindings.content(expression) == .text }

    /// The texts that `expression` can stand for, and the literals it is made from.
    private func texts(of expression: Expression) -> [Text] {
        var visited: Set<String> = []
        var texts = folded(expression)
        var waiting = [expression]
        while let next = waiting.popLast() {
            switch next.kind {
            case .literal(.string(let text)): texts.append(text)
            case .name(let name):
                guard visited.count < Self.mostNames, visited.insert(name).inserted else { continue }
                let sources = (bindings.sources[name] ?? []).prefix(Self.mostNames)
                texts += sources.flatMap(folded)
                waiting += sources
            case .item(let base, _): waiting.append(base)
            default: waiting += next.kind.children.reversed()
            }
        }
        return texts
    }

    /// Variables that are followed from one comparison, and values that are followed from each.
    private static let mostNames = 32

    /// The texts in the value of `expression` when it needs no variables.
    private func folded(_ expression: Expression) -> [Text] {
        if case .literal = expression.kind { return [] }
        var limits = limits
        limits.maxSteps = min(limits.maxSteps, 1_000)
        let meter = Meter(file: file, limits: limits)
        let interpreter = Interpreter(variables: [], date: .sample, meter: meter)
        guard let value = try? interpreter.value(of: expression) else { return [] }
        switch value {
        case .string(let text): return [text]
        case .array(let array):
            return array.elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
        default: return []
        }
    }
}
