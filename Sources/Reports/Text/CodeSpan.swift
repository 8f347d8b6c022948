internal import Mustache

/// A raw token, name or path that reports show in a fixed-width face.
///
/// It escapes itself, so templates write `{{{name}}}` for it; the template check allows three braces for nothing else.
struct CodeSpan: Decodable, Sendable, Equatable, MustacheCustomRenderable {
    var raw: String
    var limit: Int

    init(_ raw: String, limit: Int = 120) {
        self.raw = raw
        self.limit = limit
    }

    /// Markdown: a code span, or escaped plain text where a code span could not hold the text faithfully.
    var renderText: String {
        let visible = VisibleText.clipped(raw, to: limit)
        // Nor may it hold a command where the file is printed into a CI log.
        let fits =
            !visible.isEmpty && visible.first != " " && visible.last != " " && !RunnerCommand.isOpened(in: visible)
        guard fits, !visible.contains(where: { $0 == "`" || $0 == "|" || $0 == "\\" }) else {
            return visible.isEmpty ? "(empty)" : MarkdownText.escape(visible)
        }
        return "`" + visible + "`"
    }

    var isNull: Bool { false }
}

/// Lines that reports show as a block of code; templates write `{{{name}}}` on a line of its own.
struct CodeBlock: Decodable, Sendable, Equatable, MustacheCustomRenderable {
    var lines: [String]

    /// Markdown: a fenced block whose fence is longer than any run of backticks inside.
    var renderText: String {
        let visible = lines.map { line in
            // Nor may a line that is printed into a CI log be a command.
            let text = VisibleText.of(line)
            return RunnerCommand.isObeyed(text) ? TerminalText.escape(line) : text
        }
        let longest = visible.map(Self.longestRun).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return ([fence + "sh"] + visible + [fence]).joined(separator: "\n")
    }

    var isNull: Bool { false }

    private static func longestRun(in line: String) -> Int {
        var longest = 0
        var run = 0
        for scalar in line.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
