/// A piece of a template: plain text, a bracket of a tag, or a word or sign inside one.
struct Token {
    /// What the token is.
    enum Kind: Equatable {
        case data(Text)
        case variableBegin, variableEnd, blockBegin, blockEnd
        case name(String)
        case string(Text)
        case integer(Int)
        case float(Double)
        case sign(String)
        case end
    }

    let kind: Kind
    /// The line on which it begins, from 1.
    let line: Int
}

extension Token.Kind {
    /// The token as a reader of a message would write it.
    var shown: String {
        switch self {
        case .data: "text"
        case .variableBegin: "'{{'"
        case .variableEnd: "'}}'"
        case .blockBegin: "'{%'"
        case .blockEnd: "'%}'"
        case .name(let name): "'\(name.prefix(80))'"
        case .string: "a string"
        case .integer, .float: "a number"
        case .sign(let sign): "'\(sign)'"
        case .end: "the end of the template"
        }
    }
}
