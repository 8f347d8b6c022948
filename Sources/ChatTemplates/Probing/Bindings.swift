/// What each variable of a template is made from anywhere in it, whatever the order of the statements.
struct Bindings {
    /// How much of the conversation a value carries.
    enum Content: Int, Comparable {
        /// Nothing of it, or only its shape: roles, counts, places.
        case nothing
        /// Messages as lists and mappings.
        case messages
        /// Text that somebody wrote in a message.
        case text

        static func < (left: Content, right: Content) -> Bool { left.rawValue < right.rawValue }
    }

    /// All expressions of the template.
    private(set) var expressions: [Expression] = []
    private(set) var sources: [String: [Expression]] = [:]
    private var macros: [String: MacroDefinition] = [:]
    private var contents: [String: Content] = ["messages": .messages]

    init(_ statements: [Statement]) {
        collect(statements)
        for expression in expressions { bindArguments(of: expression) }
        spread()
    }

    /// Follows content from each variable to those that are made from it, once for each rise of what it carries.
    private mutating func spread() {
        var users: [String: [(name: String, source: Expression)]] = [:]
        for (name, sources) in sources {
            for source in sources {
                for used in source.names { users[used, default: []].append((name, source)) }
            }
        }
        var waiting = ["messages", "loop"]
        while let changed = waiting.popLast() {
            for (name, source) in users[changed] ?? [] {
                let content = content(source)
                guard content > contents[name, default: .nothing] else { continue }
                contents[name] = content
                waiting.append(name)
            }
        }
    }

    private mutating func collect(_ statements: [Statement]) {
        for statement in statements {
            switch statement.kind {
            case .text, .leaveLoop, .nextIteration: break
            case .output(let expression): add(expression)
            case .conditional(let branches, let otherwise):
                for branch in branches {
                    add(branch.test)
                    collect(branch.body)
                }
                collect(otherwise)
            case .loop(let loop):
                add(loop.sequence)
                if let filter = loop.filter { add(filter) }
                for name in loop.target.names { sources[name, default: []].append(loop.sequence) }
                collect(loop.body)
                collect(loop.otherwise)
            case .assignment(let target, let expression):
                add(expression)
                for name in target.names { sources[name, default: []].append(expression) }
            case .capture(let target, let filters, let body):
                let written = collectBody(body)
                for argument in filters.flatMap(\.arguments.all) { add(argument) }
                for name in target.names { sources[name, default: []] += written }
            case .macro(let macro):
                macros[macro.name] = macro
                for parameter in macro.parameters {
                    guard let value = parameter.defaultValue else { continue }
                    add(value)
                    sources[parameter.name, default: []].append(value)
                }
                sources[macro.name, default: []] += collectBody(macro.body)
            case .generation(let body): collect(body)
            }
        }
    }

    /// Collects a body and gives the expressions in it.
    private mutating func collectBody(_ body: [Statement]) -> [Expression] {
        let start = expressions.count
        collect(body)
        return Array(expressions[start...])
    }

    private mutating func add(_ expression: Expression) {
        expressions.append(expression)
        for child in expression.kind.children { add(child) }
    }

    private mutating func bindArguments(of expression: Expression) {
        guard case .call(let base, let arguments) = expression.kind, case .name(let name) = base.kind,
            let macro = macros[name]
        else { return }
        for (parameter, argument) in zip(macro.parameters, arguments.positional) {
            sources[parameter.name, default: []].append(argument)
        }
        for argument in arguments.named { sources[argument.name, default: []].append(argument.value) }
    }
}

extension Bindings {
    /// Keys of a message under which no prose stands.
    static let shapeKeys: Set<String> = ["role", "type", "tool_calls", "tool_call_id", "name", "id"]

    /// How much of the conversation the value of `expression` carries.
    func content(_ expression: Expression) -> Content {
        switch expression.kind {
        case .literal, .test, .not, .comparison: return .nothing
        case .name(let name): return contents[name, default: .nothing]
        case .attribute(let base, let name):
            if case .name("loop") = base.kind { return ["previtem", "nextitem"].contains(name) ? .messages : .nothing }
            return part(of: content(base), key: name)
        case .item(let base, let key):
            switch key.kind {
            case .literal(.string(let name)): return part(of: content(base), key: name.string)
            case .literal, .arithmetic, .attribute, .negative: return content(base)
            default: return content(base) == .nothing ? .nothing : .text
            }
        case .slice(let base, _, _, _): return content(base)
        case .filter(let base, let call): return filtered(content(base), call)
        case .call(let base, let arguments):
            if case .attribute(let receiver, "get") = base.kind,
                case .literal(.string(let key))? = arguments.positional.first?.kind
            {
                return part(of: content(receiver), key: key.string)
            }
            return max(content(base), strongest(arguments.all))
        case .conditional(_, let then, let otherwise): return max(content(then), otherwise.map(content) ?? .nothing)
        case .concatenation(let parts): return strongest(parts) == .nothing ? .nothing : .text
        default: return strongest(expression.kind.children)
        }
    }

    private func strongest(_ expressions: [Expression]) -> Content {
        expressions.map(content).max() ?? .nothing
    }

    private func part(of base: Content, key: String) -> Content {
        base == .nothing || Self.shapeKeys.contains(key) ? .nothing : .text
    }

    private func filtered(_ base: Content, _ call: FilterCall) -> Content {
        switch call.name {
        case "length", "count": return .nothing
        case "list", "reverse", "first", "last", "sort", "select", "reject", "selectattr", "rejectattr", "default", "d":
            return max(base, strongest(call.arguments.all))
        case "map":
            guard
                case .literal(.string(let key))? = call.arguments.named.first(where: { $0.name == "attribute" })?.value
                    .kind
            else { break }
            return part(of: base, key: key.string)
        default: break
        }
        return max(base, strongest(call.arguments.all)) == .nothing ? .nothing : .text
    }
}

extension Expression {
    /// The names in the expression, each as often as it occurs.
    fileprivate var names: [String] {
        if case .name(let name) = kind { return [name] }
        return kind.children.flatMap(\.names)
    }
}
