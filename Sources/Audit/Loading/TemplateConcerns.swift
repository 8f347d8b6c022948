import ChatTemplates
import Checkpoints

/// What the suspect's chat template makes of a conversation because of what its messages say, and the base's does not.
enum TemplateConcerns {
    /// Texts of a finding that a sentence quotes, in characters.
    private static let quoted = 60

    /// - Parameter words: to try beside those that the template itself compares messages with.
    /// - Returns: none where the suspect has no template.
    static func concerns(
        _ suspect: ModelFolder, base: ModelFolder, words: [String] = []
    ) throws(CheckpointError) -> [LoadingConcerns.Concern] {
        guard let found = try found(suspect) else { return [] }
        let known = Set(((try? Self.found(base)) ?? nil).map { reactions(of: $0, words) }?.map(\.key) ?? [])
        return reactions(of: found, words).filter { !known.contains($0.key) }.map(\.concern)
    }

    private static func found(_ folder: ModelFolder) throws(CheckpointError) -> FoundChatTemplate? {
        let (config, file) = (
            try folder.bytes(of: "tokenizer_config.json"), try folder.bytes(of: "chat_template.jinja")
        )
        return (try? ChatTemplate.find(tokenizerConfig: config, chatTemplateFile: file)) ?? nil
    }

    /// What tells a reaction from another, wherever it stands in the template, and how it is said.
    private typealias Reaction = (key: [String], concern: LoadingConcerns.Concern)

    private static func reactions(of found: FoundChatTemplate, _ words: [String]) -> [Reaction] {
        ([found.chosen] + found.others).flatMap { named -> [Reaction] in
            do throws(ChatTemplateError) {
                let template = try ChatTemplate(named.source, file: named.file)
                let context = ChatContext(addGenerationPrompt: true, specialTokens: found.specialTokens)
                return try TemplateProbe(template, in: context).findings(words: words).map { reaction($0, named) }
            } catch {
                let concern = LoadingConcerns.Concern(
                    subject: named.name,
                    sentence: "\(error) What it makes of messages was not seen: ask the supplier for a plain template.")
                return [(["refused", named.source], concern)]
            }
        }
    }

    private static func reaction(_ finding: TemplateFinding, _ named: FoundChatTemplate.Named) -> Reaction {
        let change = [("adds", finding.added), ("leaves out", finding.removed)].filter { !$0.1.isEmpty }
            .map { "\($0.0) “\($0.1.prefix(quoted))”" }.joined(separator: " and ")
        let place = finding.line > 0 ? ":\(finding.line)" : ""
        let concern = LoadingConcerns.Concern(
            subject: finding.word,
            sentence:
                "\(named.file)\(place): the template \(change.isEmpty ? "changes the prompt" : change) when a message "
                + "says “\(finding.word.prefix(quoted))”: take the base's template.")
        return (
            [finding.cause.rawValue, finding.word, finding.role, finding.added, finding.removed], concern
        )
    }
}
