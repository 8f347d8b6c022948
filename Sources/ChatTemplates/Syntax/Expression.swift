/// A node of an expression, with the line on which it begins.
final class Expression: Sendable {
    /// What the node does.
    indirect enum Kind: Sendable {
        case literal(Literal)
        case name(String)
        case list([Expression])
        case tuple([Expression])
        case mapping([(key: Expression, value: Expression)])
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(Expression, from: Expression?, to: Expression?, by: Expression?)
        case call(Expression, Arguments)
        case filter(Expression, FilterCall)
        case test(Expression, FilterCall)
        case not(Expression)
        case negative(Expression)
        case positive(Expression)
        case arithmetic(Expression, [(sign: String, operand: Expression)])
        case concatenation([Expression])
        case comparison(Expression, [(sign: String, operand: Expression)])
        case all([Expression])
        case any([Expression])
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
    }

    let kind: Kind
    let line: Int
    /// Levels of nodes below and with this one.
    let depth: Int

    init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
        depth = 1 + kind.children.reduce(0) { max($0, $1.depth) }
    }
}

/// A value written in the template.
enum Literal: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case string(Text)
}

/// The arguments of a call as written.
struct Arguments: Sendable {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []

    var all: [Expression] { positional + named.map(\.value) }
}

/// A filter or test by name, with its arguments.
struct FilterCall: Sendable {
    let name: String
    let arguments: Arguments
    let line: Int
}

extension Expression.Kind {
    /// The nodes right below this one.
    var children: [Expression] {
        switch self {
        case .literal, .name: []
        case .list(let nodes), .tuple(let nodes), .concatenation(let nodes), .all(let nodes), .any(let nodes): nodes
        case .mapping(let members): members.flatMap { [$0.key, $0.value] }
        case .attribute(let base, _): [base]
        case .item(let base, let key): [base, key]
        case .slice(let base, let from, let to, let by): [base] + [from, to, by].compactMap(\.self)
        case .call(let base, let arguments): [base] + arguments.all
        case .filter(let base, let call), .test(let base, let call): [base] + call.arguments.all
        case .not(let base), .negative(let base), .positive(let base): [base]
        case .arithmetic(let first, let rest), .comparison(let first, let rest): [first] + rest.map(\.operand)
        case .conditional(let test, let then, let otherwise): [test, then] + [otherwise].compactMap(\.self)
        }
    }
}
