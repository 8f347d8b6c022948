internal import FoundationEssentials

/// The one writer of JSON: sorted keys, one record a line, and no byte that a browser, terminal or CI log acts on.
enum JSONText {
    static let infinity = "Infinity"
    static let negativeInfinity = "-Infinity"
    static let notANumber = "NaN"

    /// The value as UTF-8 JSON; numbers that are not finite become the strings above.
    ///
    /// - Parameter brokenDepth: structures down to this depth are broken into lines, deeper ones stay on one.
    static func bytes(of value: some Encodable, brokenDepth: Int) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: infinity, negativeInfinity: negativeInfinity, nan: notANumber)
        // Encoding fails only for numbers that are not finite, and those have a form here.
        guard let data = try? encoder.encode(value) else { return [] }
        var layout = JSONLayout(brokenDepth: brokenDepth)
        let scalars = Array(String(decoding: data, as: UTF8.self).unicodeScalars)
        let signs = RunnerCommand.signs(in: scalars)
        for index in scalars.indices { layout.append(scalars[index], opensCommand: signs.contains(index)) }
        return Array((String(layout.text) + "\n").utf8)
    }

    /// A text as a JSON string in its quotes.
    static func string(_ raw: String) -> String {
        String(decoding: bytes(of: raw, brokenDepth: 0).dropLast(), as: UTF8.self)
    }
}

/// Breaks compact JSON into lines and writes as `\u` escapes what is harmless in JSON but not where JSON ends up:
/// `<` in a page, controls and bidirectional overrides in a terminal, the start of a command in a CI log.
private struct JSONLayout {
    let brokenDepth: Int
    var text = String.UnicodeScalarView()
    private var depth = 0
    private var isString = false
    private var isEscaped = false
    private var previous: Unicode.Scalar = " "

    init(brokenDepth: Int) {
        self.brokenDepth = brokenDepth
    }

    /// - Parameter opensCommand: whether a CI runner would take what starts here for a command.
    mutating func append(_ scalar: Unicode.Scalar, opensCommand: Bool) {
        if isString { appendInString(scalar, opensCommand) } else { appendOutside(scalar) }
        previous = scalar
    }

    private mutating func appendInString(_ scalar: Unicode.Scalar, _ opensCommand: Bool) {
        if opensCommand || !Self.isInert(scalar) { escape(scalar) } else { text.append(scalar) }
        isString = scalar != "\"" || isEscaped
        isEscaped = scalar == "\\" && !isEscaped
    }

    private mutating func appendOutside(_ scalar: Unicode.Scalar) {
        let follows = previous == "{" || previous == "["
        if scalar == "}" || scalar == "]" {
            depth -= 1
            if depth < brokenDepth, !follows { breakLine() }
        } else if follows, depth <= brokenDepth {
            breakLine()
        }
        text.append(scalar)
        switch scalar {
        case "\"": isString = true
        case "{", "[": depth += 1
        case ",":
            if depth <= brokenDepth { breakLine() }
        default: break
        }
    }

    private mutating func breakLine() {
        text.append("\n")
        text.append(contentsOf: repeatElement(" ", count: depth))
    }

    private static func isInert(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar != "<" && scalar.value != 0x7F : !VisibleText.isHidden(scalar)
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        for unit in UTF16.encode(scalar) ?? .init() {
            let digits = String(unit, radix: 16)
            text.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
        }
    }
}
