extension Interpreter {
    func run(_ definition: ForLoop) throws(ChatTemplateError) -> Flow {
        let elements = try operations.elements(of: try value(of: definition.sequence))
        let outer = scope
        let state = LoopState(definition, over: elements, in: outer)
        defer { scope = outer }
        // Jinja runs the `else` of a loop unless some pass reached its end, so also after a `break` in the first.
        var hasCompleted = false
        while let element = try state.advance(filter(of: state)) {
            try meter.charge()
            scope = Scope(parent: outer)
            scope.set("loop", to: .loop(state))
            try assign(element, to: definition.target)
            let flow = try run(definition.body)
            hasCompleted = hasCompleted || flow == .normal
            if flow == .leaveLoop { break }
        }
        guard !hasCompleted else { return .normal }
        scope = Scope(parent: outer)
        return try run(definition.otherwise)
    }

    /// Tells whether the filter of a loop lets an element through.
    private func filter(of state: LoopState) -> (Value) throws(ChatTemplateError) -> Bool {
        { element throws(ChatTemplateError) in
            guard let test = state.definition.filter else { return true }
            let outer = self.scope
            self.scope = Scope(parent: state.scope)
            defer { self.scope = outer }
            try self.assign(element, to: state.definition.target)
            return try self.value(of: test).isTrue
        }
    }

    func assign(_ value: Value, to target: Target) throws(ChatTemplateError) {
        switch target {
        case .name(let name): scope.set(name, to: value)
        case .attribute(let name, let attribute):
            guard case .namespace(let namespace)? = scope.value(of: name) else {
                throw meter.failure(
                    .invalidValue, "'\(name.prefix(80))' is no namespace, so its attributes cannot be set")
            }
            try set(attribute, of: namespace, to: value)
        case .tuple(let parts):
            let elements = try operations.elements(of: value, for: "an assignment to several names")
            guard elements.count == parts.count else {
                throw meter.failure(
                    .invalidValue, "\(elements.count) values cannot be assigned to \(parts.count) names")
            }
            for (element, part) in zip(elements, parts) { try assign(element, to: part) }
        }
    }

    func set(_ attribute: String, of namespace: Namespace, to value: Value) throws(ChatTemplateError) {
        guard !attribute.hasPrefix("_") else {
            throw meter.failure(.unsupportedAttribute, "'\(attribute.prefix(80))' cannot be set on a namespace")
        }
        try meter.checkData(value)
        namespace.attributes[attribute] = value
    }

    /// An attribute of `loop`.
    func attribute(_ name: String, of state: LoopState) throws(ChatTemplateError) -> Value {
        let passes = filter(of: state)
        switch name {
        case "index": return .integer(state.index + 1)
        case "index0": return .integer(state.index)
        case "first": return .bool(state.index == 0)
        case "last": return .bool(try state.peek(passes) == nil)
        case "length": return .integer(try state.length(passes))
        case "revindex": return .integer(try state.length(passes) - state.index)
        case "revindex0": return .integer(try state.length(passes) - state.index - 1)
        case "previtem": return state.previous ?? .undefined(name)
        case "nextitem": return try state.peek(passes) ?? .undefined(name)
        case "depth": return .integer(1)
        case "depth0": return .integer(0)
        case "cycle": return .method(.loop(state), name)
        default:
            throw meter.failure(.unsupportedAttribute, "the attribute '\(name.prefix(80))' of a loop is not given")
        }
    }
}
