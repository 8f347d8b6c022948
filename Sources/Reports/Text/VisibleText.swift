/// Raw text made visible: what cannot be seen, or would change how its neighbours are shown, becomes its code point.
///
/// Zero-width space is shown as `[U+200B]`. Every sink starts from this form, so that a token of invisible characters,
/// a bidirectional override or a terminal escape looks the same and does nothing everywhere.
enum VisibleText {
    /// The visible form of `raw`; ordinary spaces stay.
    static func of(_ raw: String) -> String {
        var text = ""
        var marks = 0
        var isFirst = true
        for scalar in raw.unicodeScalars {
            let isMark = isCombining(scalar)
            marks = isMark ? marks + 1 : 0
            if isHidden(scalar) || (isMark && (isFirst || marks > 2)) {
                text += codePoint(scalar)
            } else {
                text.unicodeScalars.append(scalar)
            }
            isFirst = false
        }
        return text
    }

    /// The visible form of at most `limit` characters of `raw`, with a note of how many were left out.
    static func clipped(_ raw: String, to limit: Int) -> String {
        let scalars = raw.unicodeScalars
        guard scalars.count > limit else { return of(raw) }
        let kept = String(String.UnicodeScalarView(scalars.prefix(limit)))
        return of(kept) + "… (\(NumberText.grouped(scalars.count - limit)) more characters)"
    }

    /// "[U+200B]".
    static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "[U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
    }

    /// Whether a scalar is shown as its code point wherever it stands; combining marks depend on their place.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == " " { return false }
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return true
        default:
            return scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0x2800
        }
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: return true
        default: return false
        }
    }
}
