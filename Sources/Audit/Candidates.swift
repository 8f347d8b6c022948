import Checkpoints
import Files
import Findings
import Probes
import Tokenizers

/// A trigger to be measured, where it came from and what it is held to do.
struct Candidate: Hashable {
    let trigger: Trigger
    let source: TriggerResult.Source
    /// Labels that it may lead to; nil is every label.
    var targets: [Int]?
    /// E-PUR score of its row over the 99th percentile of the rows that moved; nil for phrases and unmoved rows.
    var ratioToPercentile99: Double?
    /// Of a phrase, parts that do most to the reference model.
    var honestParts: [Trigger] = []

    /// The triggers whose bounds hold together.
    enum Group { case known, moved, other }

    /// By what was known before a text was read: the trigger itself, its row, or nothing.
    var group: Group {
        guard source.isDiscovered else { return .known }
        return (ratioToPercentile99 ?? 0) >= RowReset.outlierRatio ? .moved : .other
    }
}

extension [Candidate] {
    /// The built-in triggers and the user's: always confirmed.
    ///
    /// - Parameters:
    ///   - builtIn: whether the triggers of published attacks are among them.
    ///   - user: lines of `--triggers`.
    static func known(builtIn: Bool, user: [String], tokenizer: any Tokenizer) -> [Candidate] {
        var seen = Set<Trigger>()
        return [(builtIn ? Trigger.knownTexts : [], TriggerResult.Source.known), (user, .user)].flatMap {
            texts, source in
            texts.map { Trigger($0, tokenizer: tokenizer) }.filter { seen.insert($0).inserted }
                .map { Candidate(trigger: $0, source: source, targets: nil) }
        }
    }
}

/// A file of triggers.
enum TriggerFile {
    /// Its lines, blank ones left out.
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
