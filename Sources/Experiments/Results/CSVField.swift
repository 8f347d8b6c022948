/// The escaper of the CSV sink (RFC 4180).
enum CSVField {
    /// `field` in quotes where it has to be, and inert: a spreadsheet takes no text for a formula, since an apostrophe
    /// stands before what would begin one, and control characters become U+FFFD.
    static func escape(_ field: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in field.unicodeScalars {
            text.append(scalar != "\n" && isControl(scalar) ? "\u{FFFD}" : scalar)
        }
        var escaped = String(text)
        if let first = escaped.first, "=+-@".contains(first), Double(escaped) == nil { escaped = "'" + escaped }
        guard escaped.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return escaped }
        return "\"" + escaped.replacing("\"", with: "\"\"") + "\""
    }

    /// Whether a scalar is a control or a format character, a bidirectional one among them.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
