/// Runs the statements of a template once.
final class Interpreter {
    /// How a statement ends.
    enum Flow {
        case normal, leaveLoop, nextIteration
    }

    let meter: Meter
    let operations: Operations
    let date: ChatDate
    let root: Scope
    var scope: Scope
    var output: Printer
    /// Lines of the statements that gave text; `nil` when nobody asks.
    var linesWithText: Set<Int>?
    /// Macros that wait for one another.
    var calls = 0
    private var depth = 0

    init(variables: [(String, Value)], date: ChatDate, meter: Meter) {
        self.meter = meter
        self.date = date
        operations = Operations(meter: meter)
        output = Printer(meter: meter)
        root = Scope(parent: nil)
        scope = root
        for (name, value) in variables { root.set(name, to: value) }
    }

    func run(_ statements: [Statement]) throws(ChatTemplateError) -> Flow {
        for statement in statements {
            let flow = try run(statement)
            if flow != .normal { return flow }
        }
        return .normal
    }

    private func run(_ statement: Statement) throws(ChatTemplateError) -> Flow {
        try descend()
        defer { ascend() }
        meter.line = statement.line
        switch statement.kind {
        case .text(let text):
            linesWithText?.insert(statement.line)
            try output.append(text)
        case .output(let expression):
            let value = try value(of: expression)
            let length = output.scalars.count
            try output.append(value)
            if output.scalars.count > length { linesWithText?.insert(statement.line) }
        case .conditional(let branches, let otherwise): return try run(branches, otherwise: otherwise)
        case .loop(let loop): return try run(loop)
        case .assignment(let target, let expression): try assign(try value(of: expression), to: target)
        case .capture(let target, let filters, let body):
            var value = Value.string(try captured(body, in: Scope(parent: scope)))
            for filter in filters { value = try apply(filter, to: value) }
            try assign(value, to: target)
        case .macro(let macro): scope.set(macro.name, to: .macro(macro))
        case .generation(let body): try output.append(try captured(body, in: Scope(parent: scope)))
        case .leaveLoop: return .leaveLoop
        case .nextIteration: return .nextIteration
        }
        return .normal
    }

    private func run(_ branches: [Statement.Branch], otherwise: [Statement]) throws(ChatTemplateError) -> Flow {
        for branch in branches where try value(of: branch.test).isTrue { return try run(branch.body) }
        return try run(otherwise)
    }

    /// The text that `body` gives when it runs with variables of its own.
    func captured(_ body: [Statement], in inner: Scope) throws(ChatTemplateError) -> Text {
        let outer = (scope, output)
        scope = inner
        output = Printer(meter: meter)
        _ = try run(body)
        let text = Text(scalars: output.scalars)
        (scope, output) = outer
        return text
    }

    /// Counts one more statement or expression that waits for another.
    func descend() throws(ChatTemplateError) {
        try meter.charge()
        depth += 1
        guard depth <= meter.limits.maxDepth else {
            throw meter.failure(.tooDeep, "more than \(meter.limits.maxDepth) statements and expressions wait at once")
        }
    }

    func ascend() {
        depth -= 1
    }
}
