import Checkpoints
import Findings
import Probes
import Tokenizers

/// A trigger to be measured and where it came from.
struct Candidate: Hashable {
    let trigger: Trigger
    let source: TriggerResult.Source
}

/// What the probes will try.
struct Candidates {
    /// Rows of the E-PUR ranking that become candidates.
    static let fromEmbeddings = 20
    /// Random tokens beside them.
    static let controls = 200

    /// Built-in and user triggers: always confirmed.
    let known: [Candidate]
    /// From the E-PUR ranking: screened on the discover texts first.
    let discovered: [Candidate]
    /// Ranked tokens that no string gives, by name.
    let notRealisable: [String]
    let controls: [Trigger]

    /// - Parameters:
    ///   - userTriggers: lines of `--triggers`.
    ///   - weights: the ranking and the frequencies.
    init(
        userTriggers: [String], weights: WeightStage, tokenizer: any Tokenizer, insertion: TriggerInsertion,
        seed: UInt64
    ) {
        var seen = Set<Trigger>()
        var known: [Candidate] = []
        for (texts, source) in [(Trigger.knownTexts, TriggerResult.Source.known), (userTriggers, .user)] {
            for text in texts {
                let trigger = Trigger(text, tokenizer: tokenizer)
                if seen.insert(trigger).inserted { known.append(Candidate(trigger: trigger, source: source)) }
            }
        }
        var discovered: [Candidate] = []
        var notRealisable: [String] = []
        var ids: [Int] = []
        for row in weights.embeddings.rows.prefix(Self.fromEmbeddings) where row.score > 0 && row.rawNorm > 0 {
            guard let text = tokenizer.insertableText(for: row.id) else {
                notRealisable.append(row.token)
                continue
            }
            ids.append(row.id)
            let trigger = Trigger(text, tokenizer: tokenizer)
            if seen.insert(trigger).inserted, insertion.isRealisable(trigger) {
                discovered.append(Candidate(trigger: trigger, source: .epur))
            }
        }
        self.known = known
        self.discovered = discovered
        self.notRealisable = notRealisable
        controls = ControlTokens.draw(
            Self.controls, matching: ids, excluding: Set(weights.resetRows), tokenizer: tokenizer,
            frequency: { weights.frequencies.indices.contains($0) ? weights.frequencies[$0] : 0 }, seed: seed)
    }

    /// The lines of a trigger file, blank ones left out.
    ///
    /// - Throws: `AuditError` for text that is not UTF-8, or a file without a trigger.
    static func read(_ path: String) throws -> [String] {
        let file = try InputFile(path: path)
        guard let text = String(validating: try file.bytes(limit: 1 << 20), as: UTF8.self) else {
            throw AuditError(usage: "\(path): not UTF-8 text; write one trigger a line")
        }
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        guard !lines.isEmpty else { throw AuditError(usage: "\(path): no trigger in it; write one trigger a line") }
        guard lines.count <= 1_000 else {
            throw AuditError(usage: "\(path): \(lines.count) triggers; at most 1000 can be measured at once")
        }
        return lines
    }
}
