/// The escapers of the SARIF sink; the bytes are made inert by `JSONText`.
enum SARIFText {
    /// `raw` as the text of a message: one line, without placeholders ("{0}") and embedded links ("[text](target)").
    ///
    /// SARIF 2.1.0, 3.11.5 and 3.11.6.
    static func message(_ raw: String, limit: Int = 1000) -> String {
        var text = ""
        var previous: Unicode.Scalar = " "
        for scalar in VisibleText.clipped(raw, to: limit).unicodeScalars {
            switch scalar {
            case "{": text += "{{"
            case "}": text += "}}"
            // A link needs "](".
            case "(" where previous == "]": text += "\\("
            default: text.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return text
    }

    /// A path below the folder that holds the model, as a relative URI reference.
    static func uri(_ components: String...) -> String {
        components.flatMap { $0.isEmpty ? [""] : $0.split(separator: "/").map(String.init) }.map(segment)
            .joined(separator: "/")
    }

    /// One path segment, percent-encoded; a name that would mean another folder is spelled out.
    private static func segment(_ name: String) -> String {
        guard !name.isEmpty, name != ".", name != ".." else { return "unnamed" }
        var text = ""
        for byte in name.utf8 {
            let scalar = Unicode.Scalar(byte)
            if ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || "-._~".unicodeScalars.contains(scalar)
            {
                text.unicodeScalars.append(scalar)
            } else {
                text += byte < 16 ? "%0" : "%"
                text += String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
