/// What a CI runner that reads a log takes for a command.
///
/// The one place that knows it, for every escaper: Azure Pipelines obeys "##vso[" and "##[" wherever they stand in a
/// line, TeamCity "##teamcity[", and GitHub "##[" and a line that starts with "::". GitLab's need an escape character,
/// which no sink lets through.
enum RunnerCommand {
    /// Where commands open that are obeyed wherever they stand in a line: every sign, but the last, of a run of them
    /// before a word or none and a bracket.
    static func signs(in scalars: [Unicode.Scalar]) -> Set<Int> {
        var signs: Set<Int> = []
        var bracketFollows = false
        var run = 0
        for index in scalars.indices.reversed() {
            switch scalars[index] {
            case "#" where bracketFollows:
                if run > 0 { signs.insert(index) }
                run += 1
            case "a"..."z" where run == 0, "A"..."Z" where run == 0: break
            case let other:
                bracketFollows = other == "["
                run = 0
            }
        }
        return signs
    }

    /// Whether a text holds a command that is obeyed wherever it stands.
    static func isOpened(in text: String) -> Bool {
        // Most texts hold no such sign, and this is cheaper than to look at each of their characters.
        text.utf8.contains(UInt8(ascii: "#")) && !signs(in: Array(text.unicodeScalars)).isEmpty
    }

    /// Whether a runner would take the line for a command.
    static func isObeyed(_ line: String) -> Bool {
        line.drop { $0.isWhitespace }.hasPrefix("::") || isOpened(in: line)
    }
}
