/// A table in plain text: columns padded to their widest cell, numbers to the right.
struct TerminalTable {
    enum Alignment { case left, right }

    var heads: [String]
    var alignments: [Alignment]
    /// Cells that were already made safe for a terminal.
    var rows: [[String]]

    /// The lines of the table, each indented by two spaces.
    var lines: [String] {
        let widths = heads.indices.map { column in
            ([heads] + rows).map { Self.width($0.indices.contains(column) ? $0[column] : "") }.max() ?? 0
        }
        return ([heads] + rows).map { cells in
            let padded = zip(zip(cells, widths), alignments).map { pair, alignment in
                let space = String(repeating: " ", count: max(0, pair.1 - Self.width(pair.0)))
                return alignment == .left ? pair.0 + space : space + pair.0
            }
            var line = Substring("  " + padded.joined(separator: "  "))
            while line.last == " " { line = line.dropLast() }
            return String(line)
        }
    }

    /// Columns that a terminal gives a text: two for East Asian wide characters and emoji, none for combining marks.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            guard !scalar.isASCII else { return width + 1 }
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                return width + 2
            default:
                switch scalar.properties.generalCategory {
                case .nonspacingMark, .enclosingMark: return width
                default: return width + 1
                }
            }
        }
    }
}
