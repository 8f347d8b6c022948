extension Lexer {
    /// Takes a quoted string, its escapes decoded as Python decodes them.
    mutating func takeString(quote: Unicode.Scalar) throws(ChatTemplateError) {
        let first = line
        var scalars: [Unicode.Scalar] = []
        count(upTo: position + 1)
        while position < source.count {
            let scalar = source[position]
            count(upTo: position + 1)
            if scalar == quote {
                tokens.append(Token(kind: .string(Text(scalars: scalars)), line: first))
                return
            }
            if scalar == "\\" {
                try takeEscape(into: &scalars)
            } else {
                scalars.append(scalar)
            }
        }
        throw ChatTemplateError(.syntax, file: file, line: first, reason: "a string has no end")
    }

    private mutating func takeEscape(into scalars: inout [Unicode.Scalar]) throws(ChatTemplateError) {
        guard position < source.count else { return }
        let letter = source[position]
        count(upTo: position + 1)
        switch letter {
        case "\n": break
        case "\\", "'", "\"": scalars.append(letter)
        case "a": scalars.append("\u{7}")
        case "b": scalars.append("\u{8}")
        case "f": scalars.append("\u{C}")
        case "n": scalars.append("\n")
        case "r": scalars.append("\r")
        case "t": scalars.append("\t")
        case "v": scalars.append("\u{B}")
        case "0"..."7":
            position -= 1
            scalars.append(try takeCode(radix: 8, digits: 1...3))
        case "x": scalars.append(try takeCode(radix: 16, digits: 2...2))
        case "u": scalars.append(try takeCode(radix: 16, digits: 4...4))
        case "U": scalars.append(try takeCode(radix: 16, digits: 8...8))
        case "N": throw failure("the escape \\N{…} names a code point, which Assay does not look up")
        default: scalars += ["\\", letter]
        }
    }

    private mutating func takeCode(radix: Int, digits: ClosedRange<Int>) throws(ChatTemplateError) -> Unicode.Scalar {
        var text = ""
        while text.count < digits.upperBound, position < source.count, source[position].isASCII,
            let digit = Character(source[position]).hexDigitValue, digit < radix
        {
            text.unicodeScalars.append(source[position])
            position += 1
        }
        guard text.count >= digits.lowerBound, let code = UInt32(text, radix: radix), let scalar = Unicode.Scalar(code)
        else { throw failure("an escape in a string names no code point") }
        return scalar
    }
}
