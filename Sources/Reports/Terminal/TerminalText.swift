/// The escaper of the terminal sink.
public enum TerminalText {
    /// `raw` as one line that a terminal and a CI log print literally.
    ///
    /// Control, bidirectional and invisible characters become code points; so does what would start a command
    /// ("::error::", "##vso[task.setvariable]", "##[error]") for a CI runner that reads the log.
    public static func escape(_ raw: String) -> String {
        defuse(VisibleText.of(raw))
    }

    /// As `escape`, cut to `limit` characters with a note of how many were left out.
    public static func escape(_ raw: String, limit: Int) -> String {
        defuse(VisibleText.clipped(raw, to: limit))
    }

    /// Lines of a text, each escaped.
    public static func escapeLines(_ raw: String) -> String {
        raw.split(separator: "\n", omittingEmptySubsequences: false).map { escape(String($0)) }.joined(separator: "\n")
    }

    private static func defuse(_ visible: String) -> String {
        let scalars = Array(visible.unicodeScalars)
        // No pair of signs is left, or a code point, which has a bracket, would open another command behind it.
        let partsSigns = !RunnerCommand.signs(in: scalars).isEmpty
        var text = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let previous = index > 0 ? scalars[index - 1] : " "
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if (partsSigns && scalar == "#" && next == "#") || (scalar == ":" && previous == ":") {
                text.append(contentsOf: VisibleText.codePoint(scalar).unicodeScalars)
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
