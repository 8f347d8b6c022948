extension Interpreter {
    func call(_ base: Expression, _ arguments: Arguments) throws(ChatTemplateError) -> Value {
        let callee = try value(of: base)
        let given = try values(of: arguments)
        switch callee {
        case .method(.loop(let state), _):
            guard !given.positional.isEmpty, given.named.isEmpty else {
                throw meter.failure(.invalidArguments, "'cycle' needs the values to choose from")
            }
            return given.positional[max(0, state.index) % given.positional.count]
        case .method(let value, let name): return try operations.call(method: name, of: value, given)
        case .macro(let macro): return try call(macro, given)
        case .function(let builtin): return try call(builtin, given)
        case .undefined: throw meter.unfit(callee, for: "a call")
        default: throw meter.failure(.unsupportedFunction, "a call of \(callee.kind) is not run")
        }
    }

    private func call(_ macro: MacroDefinition, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        calls += 1
        defer { calls -= 1 }
        guard calls <= meter.limits.maxCalls else {
            throw meter.failure(.tooDeep, "more than \(meter.limits.maxCalls) macros wait for one another")
        }
        let values = try arguments.bound(to: macro.parameters.map(\.name), of: macro.name, meter)
        let outer = scope
        let inner = Scope(parent: root)
        scope = inner
        for (parameter, value) in zip(macro.parameters, values) {
            if let value {
                inner.set(parameter.name, to: value)
            } else if let expression = parameter.defaultValue {
                inner.set(parameter.name, to: try self.value(of: expression))
            } else {
                inner.set(parameter.name, to: .undefined(parameter.name))
            }
        }
        scope = outer
        return .string(try captured(macro.body, in: inner))
    }

    private func call(_ builtin: Builtin, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        switch builtin {
        case .raiseException:
            let message = try arguments.bound(to: ["message"], required: 1, of: builtin.rawValue, meter)[0]
            throw meter.failure(.raised, try operations.text(of: message ?? .null).string)
        case .formattedDate:
            let given = try arguments.bound(to: ["format"], required: 1, of: builtin.rawValue, meter)[0]
            let format = try operations.requiredText(given, builtin.rawValue).string
            guard let text = date.formatted(format) else {
                throw meter.failure(.unsupportedOperation, "the date format '\(format.prefix(80))' is not run")
            }
            return .text(text)
        case .range: return try range(arguments)
        case .namespace:
            let namespace = Namespace()
            for (name, value) in try members(arguments, of: builtin) { try set(name, of: namespace, to: value) }
            return .namespace(namespace)
        case .dict:
            let members = try members(arguments, of: builtin)
            try meter.chargeElements(members.count)
            for (_, value) in members { try meter.checkData(value) }
            return .mapping(Mapping(texts: members))
        }
    }

    private func range(_ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        let bounds = try arguments.positional.map { value throws(ChatTemplateError) in
            try operations.wholeNumber(value, otherwise: 0, "range")
        }
        guard arguments.named.isEmpty, (1...3).contains(bounds.count), bounds.count < 3 || bounds[2] != 0 else {
            throw meter.failure(.invalidArguments, "'range' needs one to three integers, and its step is not 0")
        }
        let (start, end) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
        let step = bounds.count == 3 ? bounds[2] : 1
        var elements: [Value] = []
        for number in stride(from: start, to: end, by: step) {
            elements.append(.integer(number))
            guard elements.count <= meter.limits.maxElements else { break }
        }
        return try meter.array(.range, elements)
    }

    /// The members that `namespace` or `dict` is given: those of one mapping, then the named arguments.
    private func members(
        _ arguments: CallArguments, of builtin: Builtin
    ) throws(ChatTemplateError) -> [(String, Value)] {
        guard let first = arguments.positional.first else { return arguments.named.map { ($0.name, $0.value) } }
        guard arguments.positional.count == 1, case .mapping(let mapping) = first else {
            throw meter.failure(
                .unsupportedOperation, "'\(builtin.rawValue)' is run with named members or a mapping only")
        }
        let members = try zip(mapping.keys, mapping.values).map { key, value throws(ChatTemplateError) in
            (try operations.requiredText(key, builtin.rawValue).string, value)
        }
        return members + arguments.named.map { ($0.name, $0.value) }
    }
}
