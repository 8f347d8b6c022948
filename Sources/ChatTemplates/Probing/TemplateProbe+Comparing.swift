extension TemplateProbe {
    /// A conversation and its text with the neutral message.
    struct Baseline {
        let conversation: ProbeConversation
        let text: String
        let lines: Set<Int>
    }

    func rendering(
        _ conversation: ProbeConversation, _ content: String, tracksLines: Bool
    ) throws(ChatTemplateError) -> (text: String, lines: Set<Int>) {
        try template.rendering(of: conversation.filled(with: content), in: context, tracksLines: tracksLines)
    }

    /// Whether the text with `content` is the neutral one with its message replaced.
    func isExpected(_ content: String, _ baseline: Baseline) -> Bool {
        guard let text = try? rendering(baseline.conversation, content, tracksLines: false).text else { return false }
        return NeutralContent.expected(baseline.text, with: content).contains(Text(text))
    }

    /// What the template does with `content` beyond writing it; nothing when it only writes it.
    ///
    /// - Parameter line: the line of a comparison, or `nil` to name the first line that only one of the texts has.
    func reaction(
        to content: String, naming word: String, _ cause: TemplateFinding.Cause, line: Int?, _ baseline: Baseline
    ) -> [TemplateFinding] {
        let role = baseline.conversation.role
        do throws(ChatTemplateError) {
            let rendering = try rendering(baseline.conversation, content, tracksLines: true)
            let text = Text(rendering.text)
            let differences = NeutralContent.expected(baseline.text, with: content).map { Difference($0, text) }
            guard let least = differences.min(by: { $0.size < $1.size }), least.size > 0 else { return [] }
            let ownLine = rendering.lines.symmetricDifference(baseline.lines).min()
            return [
                TemplateFinding(
                    cause: cause, word: word, role: role, line: line ?? ownLine ?? 0, added: least.added.string,
                    removed: least.removed.string, refusal: nil)
            ]
        } catch {
            return [
                TemplateFinding(
                    cause: cause, word: word, role: role, line: line ?? error.line, added: "", removed: "",
                    refusal: "\(error)")
            ]
        }
    }
}

/// What two texts do not share between their common start and their common end.
private struct Difference {
    let added: Text
    let removed: Text

    var size: Int { added.count + removed.count }

    init(_ old: Text, _ new: Text) {
        let shorter = min(old.count, new.count)
        var start = 0
        while start < shorter, old.scalars[start] == new.scalars[start] { start += 1 }
        var end = 0
        while end < shorter - start, old.scalars[old.count - 1 - end] == new.scalars[new.count - 1 - end] { end += 1 }
        removed = old[start..<(old.count - end)]
        added = new[start..<(new.count - end)]
    }
}
