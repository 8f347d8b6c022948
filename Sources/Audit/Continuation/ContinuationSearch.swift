import Files
import Findings
import Probes
import Tensors
import Tokenizers
import Transformers

/// Looks for triggers of a model that continues texts, and for the answers that they lead to.
///
/// Answers that the suspect knows by heart are found without a trigger, triggers without knowing the answer; then a trigger
/// is grown for every answer.
struct ContinuationSearch {
    /// A string that may be a trigger.
    struct FoundString {
        var text: String
        var source: TriggerResult.Source
    }

    /// What was found.
    struct Outcome {
        var answers: [TargetInversion.Answer]
        var strings: [FoundString]
        var scan: ContinuationScan.Outcome
        /// Tokens that a text can hold by themselves, and those that none gives.
        var insertable: Int
        var notInsertable: Int
    }

    let session: ContinuationSession

    /// Prompts that answers are averaged over, and prompts that tokens are put into.
    private static let (prompts, carriers) = (4, 4)
    /// Tokens that a quick scan measures: those whose embeddings moved most, then others drawn at random.
    private static let quick = 4_000
    /// Phrases of each answer that are tried.
    private static let phrases = 6
    /// How a model declines, for the search alone.
    private static let refusal = "I'm sorry, but I can't help with that."

    init(_ session: ContinuationSession) { self.session = session }

    /// Both models of the search.
    struct Models {
        let suspect: Generator
        let honest: Generator
    }

    /// Answers that the suspect knows by heart.
    func answers(_ models: Models, _ progress: @Sendable (Double) -> Void) throws -> [TargetInversion.Answer] {
        TargetInversion(
            suspect: models.suspect, honest: models.honest, tokenizer: session.tokenizer,
            prompts: try session.data.discover.prefix(Self.prompts).map { try session.writer.ids($0) },
            endIDs: session.endIDs
        ).run(progress: progress)
    }

    /// Every token put into a prompt.
    func scan(_ models: Models, _ progress: @Sendable (Double) -> Void) throws -> ContinuationScan.Outcome {
        ContinuationScan(
            suspect: models.suspect, honest: models.honest, tokenizer: session.tokenizer,
            carriers: try carriers().carriers
        ).run(scanned, progress: progress)
    }

    /// Phrases grown towards what the user named, a refusal and the answers that were found.
    func phrases(
        _ models: Models, towards answers: [TargetInversion.Answer], _ progress: @Sendable (Double) -> Void
    ) throws -> [PhraseGrowth.Phrase] {
        let (carriers, placeholder) = try carriers()
        let tokens = writable
        let given = session.targets.map(session.tokenizer.pieces)
        let wanted = given + answers.map(\.ids) + [session.tokenizer.pieces(Self.refusal)]
        var found: [PhraseGrowth.Phrase] = []
        for (place, answer) in wanted.enumerated() {
            let growth = PhraseGrowth(
                suspect: models.suspect, honest: models.honest, carriers: carriers,
                tokens: tokens.filter { !shareWord(answer, $0) }, placeholder: placeholder)
            found += growth.grow(towards: answer).prefix(Self.phrases)
            progress(Double(place + 1) / Double(wanted.count))
            // What works fails the model; weaker answers would add minutes and no verdict.
            if place >= given.count, found.contains(where: \.isCertain) { break }
        }
        return found
    }

    /// Everything that was found, with the strings that may be triggers.
    func outcome(
        _ answers: [TargetInversion.Answer], _ scan: ContinuationScan.Outcome, _ phrases: [PhraseGrowth.Phrase]
    ) -> Outcome {
        let found =
            phrases.map { (ids: $0.ids, source: $0.ids.count > 1 ? TriggerResult.Source.phrase : .gradient) }
            + scan.shifts.map { (ids: [$0.id], source: .vocabulary) }
        var seen = Set<String>()
        return Outcome(
            answers: answers,
            strings: found.compactMap { found in
                text(found.ids).flatMap { seen.insert($0).inserted ? FoundString(text: $0, source: found.source) : nil }
            }, scan: scan, insertable: session.vocabulary.insertable.count,
            notInsertable: session.vocabulary.unused.count + session.vocabulary.continuations.count)
    }

    /// Whether an answer and a token share a word: a model that talks of what the prompt names is no backdoored one.
    private func shareWord(_ answer: [Int32], _ token: Int32) -> Bool {
        let text = session.tokenizer.decoded([token]).trimmed.lowercased()
        let said = session.tokenizer.decoded(answer).lowercased()
        let words = said.split { !$0.isLetter && !$0.isNumber }
        return text.count > 1 && said.contains(text) || words.contains { $0.count > 3 && text.contains($0) }
    }

    /// Tokens that stand for whole characters, so that a text can hold them somewhere.
    private var writable: [Int32] {
        (0..<Int32(session.tokenizer.vocabularySize)).filter { id in
            let text = session.tokenizer.decoded([id])
            return !text.trimmed.isEmpty && !text.contains("\u{FFFD}") && !text.contains(where: \.isNewline)
        }
    }

    private var insertable: [Int32] { session.vocabulary.insertable.map(Int32.init) }

    /// The tokens that are put into a prompt.
    private var scanned: [Int32] {
        guard session.options.scan == .quick else { return insertable }
        let moved = session.weights.embeddings.rows.map { Int32($0.id) }.filter(Set(insertable).contains)
        let drawn = CounterRandom(seed: session.options.seed, stream: "scan").permutation(insertable.count)
            .map { insertable[$0] }
        var seen = Set<Int32>()
        return Array((moved + drawn).filter { seen.insert($0).inserted }.prefix(Self.quick))
    }

    /// A word of one token that hardly any prompt holds, and short prompts with a place for tokens late in the text, so that
    /// most of what is read is shared.
    ///
    /// - Throws: `AuditError` where the tokenizer has no such word, or prompts cannot be cut in two around it.
    private func carriers() throws -> (carriers: [PromptCarrier], placeholder: Int32) {
        let word = session.vocabulary.placeholders(1, seed: session.options.seed).first
        let all =
            try word.map { word in
                try session.data.discover.compactMap { try session.writer.carrier($0, placeholder: word.placed(.end)) }
            } ?? []
        let short = all.sorted { $0.plain.count < $1.plain.count }.dropFirst(all.count / 8).prefix(Self.carriers)
        guard let id = word?.ids.first, !short.isEmpty else {
            throw AuditError(
                "\(session.options.suspect)/tokenizer.json: no word of one token can be put into the prompts, so that no "
                    + "trigger can be looked for; check that the tokenizer belongs to the model")
        }
        return (Array(short), id)
    }

    /// The string that gives these tokens inside a text.
    private func text(_ ids: [Int32]) -> String? {
        let text = session.tokenizer.decoded(ids).trimmed
        return text.isEmpty ? nil : text
    }
}
