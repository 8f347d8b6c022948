/// Looks for words in a message that change the text of a template otherwise than by standing in the message.
///
/// Each conversation is rendered with a neutral message and with one that holds the word. The first text, with the
/// neutral message replaced by the other, must be the second; whatever differs is the template's reaction to the word.
/// Many words are tried at once and parted when something differs, so a word of the caller's is found wherever it may
/// stand among others. Texts that the template compares with messages are tried alone and at either end as well.
public struct TemplateProbe: Sendable {
    let template: ChatTemplate
    let context: ChatContext

    /// Words that are tried in one message.
    private static let groupSize = 64
    /// Literals beyond which a template is refused: real ones compare messages with fewer than ten.
    private static let mostLiterals = 200
    /// Steps of one rendering: real templates take a few thousand for conversations as short as the probe's.
    private static let mostSteps = 200_000

    /// A probe of `template` as rendered in `context`.
    public init(_ template: ChatTemplate, in context: ChatContext = ChatContext()) {
        var limits = template.limits
        limits.maxSteps = min(limits.maxSteps, Self.mostSteps)
        self.template = ChatTemplate(template, limits: limits)
        self.context = context
    }

    /// All ways in which the text depends on what messages say.
    ///
    /// - Parameter words: candidates, each a word or phrase; the template's own literals are added.
    /// - Returns: one finding for each word and role, those of the template's literals first. None is proof of harm:
    ///   templates of reasoning models cut at `</think>`, so compare with the findings of the base's template.
    /// - Throws: the template's refusal when no conversation at all can be rendered in 200,000 steps, or
    ///   ``ChatTemplateError/Code/tooLarge`` when the template compares messages with more than 200 texts.
    public func findings(words: [String]) throws(ChatTemplateError) -> [TemplateFinding] {
        let baselines = try baselines()
        let literals = template.comparedLiterals
        guard literals.count <= Self.mostLiterals else {
            throw ChatTemplateError(
                .tooLarge, file: template.file, line: 0,
                reason: "the template compares messages with more than \(Self.mostLiterals) texts")
        }
        var findings: [TemplateFinding] = []
        for literal in literals {
            findings += reactions(to: literal.text, .literal, line: literal.line, baselines)
        }
        for start in stride(from: 0, to: words.count, by: Self.groupSize) {
            let group = Array(words[start..<min(start + Self.groupSize, words.count)])
            for baseline in baselines { findings += search(group, baseline) }
        }
        for baseline in baselines {
            let long = NeutralContent.around(String(repeating: "amber kettles ", count: 400))
            findings += reaction(to: long, naming: "Quartz vessels amber kettles", .length, line: 0, baseline)
        }
        return unique(findings)
    }

    /// Each conversation that the template renders, with its text for the neutral message.
    private func baselines() throws(ChatTemplateError) -> [Baseline] {
        var baselines: [Baseline] = []
        var refusal: ChatTemplateError?
        for conversation in ProbeConversation.all {
            do throws(ChatTemplateError) {
                let rendering = try rendering(conversation, NeutralContent.text, tracksLines: true)
                baselines.append(Baseline(conversation: conversation, text: rendering.text, lines: rendering.lines))
            } catch {
                refusal = refusal ?? error
            }
        }
        if baselines.isEmpty, let refusal { throw refusal }
        return baselines
    }

    /// The words of `group` that the template reacts to, found by halving.
    private func search(_ group: [String], _ baseline: Baseline) -> [TemplateFinding] {
        let content = NeutralContent.around(group.joined(separator: " "))
        guard !isExpected(content, baseline) else { return [] }
        if group.count == 1 { return reactions(to: group[0], .word, line: nil, [baseline]) }
        let half = group.count / 2
        let parts = search(Array(group[..<half]), baseline) + search(Array(group[half...]), baseline)
        guard parts.isEmpty else { return parts }
        return reaction(to: content, naming: group.joined(separator: " "), .words, line: nil, baseline)
    }

    /// The first reaction to `word` in each conversation: among other words, alone, or at an end of the message.
    private func reactions(
        to word: String, _ cause: TemplateFinding.Cause, line: Int?, _ baselines: [Baseline]
    ) -> [TemplateFinding] {
        let contents = [
            NeutralContent.around(word), word, "\(word) \(NeutralContent.text)", "\(NeutralContent.text) \(word)",
        ]
        return baselines.compactMap { baseline in
            contents.lazy.compactMap { reaction(to: $0, naming: word, cause, line: line, baseline).first }.first
        }
    }

    /// The findings without repetition: one for each word and role.
    private func unique(_ findings: [TemplateFinding]) -> [TemplateFinding] {
        var seen: Set<[String]> = []
        return findings.filter { seen.insert([$0.word, $0.role]).inserted }
    }
}
