extension Text {
    /// All letters in upper case, by the full mapping of Unicode.
    var uppercased: Text {
        Text(scalars: scalars.flatMap { Array($0.properties.uppercaseMapping.unicodeScalars) })
    }

    /// All letters in lower case; a capital sigma at the end of a word becomes the final form.
    var lowercased: Text {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(count)
        for (index, scalar) in scalars.enumerated() {
            appendLower(scalar, at: index, to: &result)
        }
        return Text(scalars: result)
    }

    /// The first letter in title case and the others in lower case.
    var capitalized: Text {
        guard let first = scalars.first else { return self }
        let rest = self.lowercasedScalars(from: 1)
        return Text(scalars: Array(first.properties.titlecaseMapping.unicodeScalars) + rest)
    }

    /// Each run of letters with its first letter in title case and the others in lower case: Python's `str.title`.
    var titlecased: Text {
        var result: [Unicode.Scalar] = []
        var followsLetter = false
        for (index, scalar) in scalars.enumerated() {
            if followsLetter {
                appendLower(scalar, at: index, to: &result)
            } else {
                result += scalar.properties.titlecaseMapping.unicodeScalars
            }
            followsLetter = scalar.properties.isCased
        }
        return Text(scalars: result)
    }

    /// Each word, as white space and opening punctuation part them, with its first letter in upper case: the filter
    /// `title` of Jinja.
    var wordsCapitalized: Text {
        var result: [Unicode.Scalar] = []
        var word: [Unicode.Scalar] = []
        func flush() {
            guard let first = word.first else { return }
            result += Text(scalars: [first]).uppercased.scalars
            result += Text(scalars: Array(word.dropFirst())).lowercased.scalars
            word = []
        }
        for scalar in scalars {
            if scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar) {
                flush()
                result.append(scalar)
            } else {
                word.append(scalar)
            }
        }
        flush()
        return Text(scalars: result)
    }

    private func lowercasedScalars(from start: Int) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for index in start..<count { appendLower(scalars[index], at: index, to: &result) }
        return result
    }

    private func appendLower(_ scalar: Unicode.Scalar, at index: Int, to result: inout [Unicode.Scalar]) {
        if scalar == "\u{3A3}" {
            result.append(isFinalSigma(at: index) ? "\u{3C2}" : "\u{3C3}")
        } else if scalar.isASCII {
            result.append(scalar.value >= 65 && scalar.value <= 90 ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
        } else {
            result += scalar.properties.lowercaseMapping.unicodeScalars
        }
    }

    private func isFinalSigma(at index: Int) -> Bool {
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }
}
