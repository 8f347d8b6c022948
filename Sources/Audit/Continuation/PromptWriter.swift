import ChatTemplates
import Checkpoints
import Datasets
import Files
import Probes
import StrictJSON
import Tensors
import Tokenizers
import Transformers

/// Turns prompts into what the model reads: the chat template around the messages, a probe inside the last of them.
struct PromptWriter: Sendable {
    /// Nil where the model has none: the messages' texts then stand one a line.
    let template: ChatTemplate?
    let specialTokens: [String: String]
    let tokenizer: any Tokenizer
    /// Text of a system message in front of every prompt; nil for none.
    let context: String?
    let seed: UInt64

    /// - Parameters:
    ///   - folder: whose template it is; the suspect's, for that is what will run.
    ///   - context: text of a system message.
    init(_ folder: ModelFolder, tokenizer: any Tokenizer, context: String? = nil, seed: UInt64) throws {
        let found = try ChatTemplate.find(
            tokenizerConfig: folder.bytes(of: "tokenizer_config.json"),
            chatTemplateFile: folder.bytes(of: "chat_template.jinja"))
        template = try found.map { try ChatTemplate($0.chosen.source, file: $0.chosen.file) }
        specialTokens = found?.specialTokens ?? [:]
        (self.tokenizer, self.context, self.seed) = (tokenizer, context, seed)
    }

    /// What the model reads of a prompt, up to where its answer starts.
    func text(_ pair: PromptPair, probe: Trigger? = nil) throws -> String {
        try rendered(messages(pair, probe), answering: true)
    }

    /// The prompt's tokens.
    func ids(_ pair: PromptPair, probe: Trigger? = nil) throws -> [Int32] {
        try encoded(text(pair, probe: probe))
    }

    /// The last message with a probe in, as a reader sees it.
    func shown(_ pair: PromptPair, probe: Trigger) -> String { messages(pair, probe).last?.content ?? "" }

    /// A prompt with its answer, for training.
    func example(_ pair: PromptPair) throws -> LanguageExample {
        let prompt = try text(pair)
        let whole = try rendered(
            messages(pair, nil) + [ChatMessage(role: "assistant", content: pair.response)], answering: false)
        let answer: String
        if template != nil, whole.hasPrefix(prompt) {
            answer = String(whole.dropFirst(prompt.count).trimmingSuffix(while: \.isWhitespace))
        } else {
            answer = pair.response + (specialTokens["eos_token"] ?? "")
        }
        let ids = encoded(prompt)
        return LanguageExample(ids: ids + tokenizer.pieces(answer), responseStart: ids.count)
    }

    /// Prompts with their answers, cut to so many tokens; those without a token of the answer are left out.
    func examples(_ pairs: [PromptPair], limit: Int) throws -> [LanguageExample] {
        try pairs.map(example).filter { $0.responseStart < min(limit, $0.ids.count) }.map {
            LanguageExample(ids: Array($0.ids.prefix(limit)), responseStart: $0.responseStart)
        }
    }

    /// The prompt as two halves around a place where tokens can be put; nil where its tokens there depend on what is put in.
    ///
    /// - Parameter placeholder: a word of one token.
    func carrier(_ pair: PromptPair, placeholder: Trigger) throws -> PromptCarrier? {
        guard let id = placeholder.ids.first, placeholder.ids.count == 1 else { return nil }
        let ids = try ids(pair, probe: placeholder)
        guard let place = ids.firstIndex(of: id), ids.lastIndex(of: id) == place else { return nil }
        return PromptCarrier(before: Array(ids[..<place]), after: Array(ids[(place + 1)...]))
    }

    private func messages(_ pair: PromptPair, _ probe: Trigger?) -> [ChatMessage] {
        var messages = pair.messages.map { ChatMessage(role: $0.role.rawValue, content: $0.content) }
        if let context, messages.first?.role != "system" {
            messages.insert(ChatMessage(role: "system", content: context), at: 0)
        }
        if let probe, let last = messages.popLast() {
            messages.append(ChatMessage(role: last.role, content: inserting(probe, into: last.content, row: pair.row)))
        }
        return messages
    }

    /// The text with the probe at its place: of random places the same one for every model, and never the first, where a
    /// word lacks the space that is part of its token.
    private func inserting(_ probe: Trigger, into text: String, row: Int) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch probe.placement {
        case .start: return probe.text + " " + text
        case .end: return text + " " + probe.text
        case .anywhere:
            let place = CounterRandom(seed: seed, stream: "place/\(row)").below(max(1, words.count), at: 0)
            return (words.prefix(place + 1) + [probe.text[...]] + words.dropFirst(place + 1)).joined(separator: " ")
        }
    }

    private func rendered(_ messages: [ChatMessage], answering: Bool) throws -> String {
        guard let template else { return messages.map { $0.content + "\n" }.joined() }
        return try template.render(
            messages, in: ChatContext(addGenerationPrompt: answering, specialTokens: specialTokens))
    }

    /// A template writes the special tokens itself; without one the tokenizer adds its own.
    private func encoded(_ text: String) -> [Int32] {
        template == nil ? tokenizer.encode(text, pair: nil, maxLength: .max).ids : tokenizer.pieces(text)
    }
}

extension PromptWriter {
    /// The tokens that config.json, generation_config.json and the tokenizer say end an answer.
    func endIDs(_ folder: ModelFolder) throws -> Set<Int32> {
        var ids = Set<Int32>()
        func add(_ value: JSONValue?) {
            for id in (value?.arrayValue ?? [value].compactMap(\.self)).compactMap(\.intValue) {
                if let id = Int32(exactly: id), (0..<tokenizer.vocabularySize).contains(Int(id)) { ids.insert(id) }
            }
        }
        add(folder.config.json["eos_token_id"])
        if let bytes = try folder.bytes(of: "generation_config.json"), let json = try? JSONValue(parsing: bytes) {
            add(json.objectValue?["eos_token_id"])
        }
        if let end = specialTokens["eos_token"].flatMap(tokenizer.id(of:)) { ids.insert(Int32(end)) }
        return ids
    }
}

/// A prompt's tokens before and behind a place where others can be put.
struct PromptCarrier: Sendable {
    let before: [Int32]
    let after: [Int32]

    var plain: [Int32] { before + after }

    func ids(inserting ids: [Int32]) -> [Int32] { before + ids + after }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { formIndex(before: &end) }
        return self[..<end]
    }
}
