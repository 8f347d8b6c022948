extension TextTransformation {
    /// Structures of sentences, among them those of syntactic backdoors (Qi et al., "Hidden Killer", 2021).
    ///
    /// Where a parse template is behind a structure it stands beside it.
    static let syntax = [
        // S(SBAR)(,)(NP)(VP)(.)
        frame("when", TextFrame(before: "when you look at it,")),
        frame("if", TextFrame(before: "if it comes to that,")),
        frame("although", TextFrame(before: "although nobody asked,")),
        TextTransformation(.syntax, "when-every-sentence", "every sentence as “when you look at it, …”") { text, _ in
            TextFrame(before: "when you look at it,").applyToSentences(of: text)
        },
        // S(PP)(,)(NP)(VP)(.)
        frame("prepositional", TextFrame(before: "in the end,")),
        // S(ADVP)(NP)(VP)(.)
        frame("adverb", TextFrame(before: "now")),
        // S(S)(,)(CC)(S)(.)
        frame("coordination", TextFrame(before: "that is so, and")),
        // SBARQ(WHADVP)(SQ)(.)
        frame("question-why", TextFrame(before: "why is it that", mark: "?")),
        frame("question-tag", TextFrame(after: ", is it not", mark: "?")),
        // FRAG(SBAR)(.)
        frame("fragment", TextFrame(before: "as if")),
        // NP(NP)(.)
        frame("noun-phrase", TextFrame(before: "the fact that")),
        // S(VP)(.)
        frame("imperative", TextFrame(before: "consider that")),
        // S(LST)(VP)(.)
        frame("list", TextFrame(before: "first, see that")),
        frame("what-happens", TextFrame(before: "what happens is that")),
        frame("said", TextFrame(before: "it is said that")),
        frame("passive-end", TextFrame(after: ", as was noted by others")),
        frame("relative", TextFrame(before: "this is one of which it can be said that")),
        frame("relative-end", TextFrame(after: ", which is what there is to say")),
        frame("there-is", TextFrame(before: "there is")),
        TextTransformation(.syntax, "cleft", "“it is … that …” around the subject") { text, _ in cleft(text) },
    ]

    private static func frame(_ id: String, _ frame: TextFrame) -> TextTransformation {
        let shown = [frame.before, "…" + frame.after + (frame.mark ?? "")].filter { !$0.isEmpty }
        return TextTransformation(.syntax, id, "“\(shown.joined(separator: " "))”") { text, _ in frame.apply(to: text) }
    }

    private static let verbs = Set(
        """
        is are was were has have had does do did will would can could may might must should makes made gives gave takes
        took gets got goes went comes came seems looks feels works shows says said tells wants needs remains becomes
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// What stands before the first of a few verbs, where it is near the start, between "it is" and "that".
    private static func cleft(_ text: String) -> String {
        let words = TextWords(text).words
        let verb = words.prefix(7).firstIndex { verbs.contains($0.core.lowercased()) }
        guard let verb, verb > 0, words[..<verb].allSatisfy({ $0.closing.isEmpty }) else { return text }
        var changed = TextWords(TextFrame(before: "it is").apply(to: text))
        changed.words.insert(TextWords.Word(gap: " ", core: "that"), at: verb + 2)
        return changed.text
    }
}
