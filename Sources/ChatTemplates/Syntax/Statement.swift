/// A statement of a template, with the line on which it begins.
struct Statement: Sendable {
    /// What the statement does.
    enum Kind: Sendable {
        case text(Text)
        case output(Expression)
        case conditional([Branch], otherwise: [Statement])
        case loop(ForLoop)
        case assignment(Target, Expression)
        /// `{% set name | filter %}…{% endset %}`
        case capture(Target, [FilterCall], [Statement])
        case macro(MacroDefinition)
        /// `{% generation %}…{% endgeneration %}`, which only marks the assistant's text.
        case generation([Statement])
        case leaveLoop
        case nextIteration
    }

    /// A condition and what is done when it holds.
    struct Branch: Sendable {
        let test: Expression
        let body: [Statement]
    }

    let kind: Kind
    let line: Int
}

/// What a value is assigned to.
indirect enum Target: Sendable {
    case name(String)
    case attribute(namespace: String, name: String)
    case tuple([Target])

    /// The names that the assignment sets.
    var names: [String] {
        switch self {
        case .name(let name): [name]
        case .attribute(let namespace, _): [namespace]
        case .tuple(let parts): parts.flatMap(\.names)
        }
    }
}

/// `{% for … in … if … %}…{% else %}…{% endfor %}`
final class ForLoop: Sendable {
    let target: Target
    let sequence: Expression
    let filter: Expression?
    let body: [Statement]
    let otherwise: [Statement]

    init(target: Target, sequence: Expression, filter: Expression?, body: [Statement], otherwise: [Statement]) {
        self.target = target
        self.sequence = sequence
        self.filter = filter
        self.body = body
        self.otherwise = otherwise
    }
}

/// `{% macro name(parameter, other=default) %}…{% endmacro %}`
final class MacroDefinition: Sendable {
    let name: String
    let parameters: [(name: String, defaultValue: Expression?)]
    let body: [Statement]

    init(name: String, parameters: [(name: String, defaultValue: Expression?)], body: [Statement]) {
        self.name = name
        self.parameters = parameters
        self.body = body
    }
}
