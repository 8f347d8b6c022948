internal import StrictJSON

/// Turns a conversation and its context into the variables that transformers gives a template.
struct TemplateVariables {
    let meter: Meter

    func variables(
        _ messages: [ChatMessage], _ context: ChatContext
    ) throws(ChatTemplateError) -> [(String, Value)] {
        var variables: [(String, Value)] = context.specialTokens.map { ($0.key, .text($0.value)) }
        let conversation = try messages.map { message throws(ChatTemplateError) in
            try meter.chargeText(message.content.utf8.count)
            return Value.mapping(
                Mapping(texts: [("role", .text(message.role)), ("content", .text(message.content))]))
        }
        variables.append(("messages", try meter.array(.list, conversation)))
        variables.append(("add_generation_prompt", .bool(context.addGenerationPrompt)))
        variables.append(("documents", .null))
        variables.append(("tools", try value(context.tools ?? .null, depth: 0)))
        for (name, json) in context.variables { variables.append((name, try value(json, depth: 0))) }
        return variables
    }

    private func value(_ json: JSONValue, depth: Int) throws(ChatTemplateError) -> Value {
        guard depth < meter.limits.maxNesting else {
            throw meter.failure(.tooDeep, "a variable is nested deeper than \(meter.limits.maxNesting) levels")
        }
        switch json {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .integer(let number): return .integer(number)
        case .number(let number): return .float(number)
        case .string(let text):
            try meter.chargeText(text.utf8.count)
            return .text(text)
        case .array(let elements):
            return try meter.array(
                .list,
                try elements.map { element throws(ChatTemplateError) in try value(element, depth: depth + 1) })
        case .object(let object):
            try meter.chargeElements(object.count)
            let mapping = Mapping()
            for member in object.members {
                mapping.set(.text(Text(member.key)), to: try value(member.value, depth: depth + 1))
            }
            return .mapping(mapping)
        }
    }
}
