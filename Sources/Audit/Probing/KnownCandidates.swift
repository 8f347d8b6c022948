import Checkpoints
import Evidence
import Files
import Findings
import Probes
import Tokenizers

extension [Candidate] {
    /// The built-in triggers and the user's: always judged.
    ///
    /// - Parameters:
    ///   - builtIn: the triggers of published attacks; none where these are not wanted.
    ///   - user: lines of `--triggers`.
    static func known(builtIn: [String], user: [String], tokenizer: any Tokenizer) -> [Candidate] {
        var seen = Set<Trigger>()
        return [(builtIn, TriggerResult.Source.known), (user, .user)].flatMap {
            texts, source in
            texts.map { Trigger($0, tokenizer: tokenizer) }.filter { seen.insert($0).inserted }
                .map { Candidate(.insertion($0), source: source) }
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
