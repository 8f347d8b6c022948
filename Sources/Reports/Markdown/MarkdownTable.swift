/// A GitHub-flavoured table.
struct MarkdownTable {
    var heads: [String]
    /// Columns from here on are set to the right.
    var numbers: PartialRangeFrom<Int>
    /// Cells that are Markdown already.
    var rows: [[String]]

    var text: String {
        let rule = heads.indices.map { numbers.contains($0) ? "---:" : "---" }
        return ([heads, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
