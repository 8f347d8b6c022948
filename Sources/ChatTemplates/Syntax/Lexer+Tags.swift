extension Lexer {
    /// Takes the tokens of one tag and its end.
    mutating func takeInside(isBlock: Bool) throws(ChatTemplateError) {
        var open: [Unicode.Scalar] = []
        let bracket = isBlock ? "%}" : "}}"
        while position < source.count {
            if open.isEmpty, let sign = endSign(bracket, isBlock: isBlock) {
                tokens.append(Token(kind: isBlock ? .blockEnd : .variableEnd, line: line))
                count(upTo: position + (sign == " " ? 2 : 3))
                skip(after: sign == " " ? nil : sign, isBlock: isBlock)
                return
            }
            let scalar = source[position]
            if scalar.isPythonSpace {
                count(upTo: position + 1)
            } else if scalar == "'" || scalar == "\"" {
                try takeString(quote: scalar)
            } else if scalar.isDigit {
                try takeNumber()
            } else if scalar.isNamePart {
                takeName()
            } else {
                try takeSign(&open)
            }
        }
        throw failure("a tag has no end")
    }

    /// The sign before `bracket` if that stands here; a space when it has none.
    private func endSign(_ bracket: String, isBlock: Bool) -> Unicode.Scalar? {
        if has(bracket, at: position) { return " " }
        if has("-" + bracket, at: position) { return "-" }
        return isBlock && has("+" + bracket, at: position) ? "+" : nil
    }

    private mutating func takeName() {
        let start = position
        while position < source.count, source[position].isNamePart { position += 1 }
        let name = Text(scalars: Array(source[start..<position])).string
        tokens.append(Token(kind: .name(name), line: line))
    }

    private mutating func takeSign(_ open: inout [Unicode.Scalar]) throws(ChatTemplateError) {
        let scalar = source[position]
        for double in ["//", "**", "==", "!=", ">=", "<="] where has(double, at: position) {
            tokens.append(Token(kind: .sign(double), line: line))
            position += 2
            return
        }
        switch scalar {
        case "(": open.append(")")
        case "[": open.append("]")
        case "{": open.append("}")
        case ")", "]", "}":
            guard open.popLast() == scalar else { throw failure("'\(scalar)' closes no bracket") }
        case "+", "-", "/", "*", "%", "~", ">", "<", "=", ".", ":", "|", ",": break
        default:
            throw failure("the code point U+\(String(scalar.value, radix: 16, uppercase: true)) cannot stand in a tag")
        }
        guard open.count <= 256 else {
            throw ChatTemplateError(.tooDeep, file: file, line: line, reason: "more than 256 open brackets")
        }
        tokens.append(Token(kind: .sign(String(Character(scalar))), line: line))
        position += 1
    }

    private mutating func takeNumber() throws(ChatTemplateError) {
        let start = position
        takeDigits()
        var isFloat = false
        let followsDot = start > 0 && source[start - 1] == "."
        if !followsDot {
            if has(".", at: position), position + 1 < source.count, source[position + 1].isDigit {
                isFloat = true
                position += 1
                takeDigits()
            }
            var exponent = position + 1
            if position < source.count, source[position] == "e" || source[position] == "E" {
                if exponent < source.count, source[exponent] == "+" || source[exponent] == "-" { exponent += 1 }
                if exponent < source.count, source[exponent].isDigit {
                    isFloat = true
                    position = exponent
                    takeDigits()
                }
            }
        }
        let text = String(Text(scalars: source[start..<position].filter { $0 != "_" }).string)
        guard position >= source.count || !source[position].isNamePart else {
            throw failure("'\(text)' runs into a name; only decimal numbers are read")
        }
        if isFloat {
            guard let value = Double(text), value.isFinite else { throw failure("the number \(text) is out of range") }
            tokens.append(Token(kind: .float(value), line: line))
        } else {
            guard let value = Int(text) else { throw failure("the number \(text.prefix(40)) is out of range") }
            guard value == 0 || source[start] != "0" else { throw failure("the number \(text) starts with a zero") }
            tokens.append(Token(kind: .integer(value), line: line))
        }
    }

    private mutating func takeDigits() {
        while position < source.count {
            let isJoined = source[position] == "_" && position + 1 < source.count && source[position + 1].isDigit
            guard source[position].isDigit || isJoined else { return }
            position += 1
        }
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { value >= 48 && value <= 57 }

    /// A letter, digit or underscore of ASCII; Assay reads no other names.
    var isNamePart: Bool {
        isDigit || value == 95 || (value >= 65 && value <= 90) || (value >= 97 && value <= 122)
    }
}
