import Checkpoints
import Datasets
import Files
import Findings
import Probes
import Tokenizers

/// The clean data set and its split.
struct CleanData {
    let rows: [LabelledText]
    let tune: [LabelledText]
    let dev: [LabelledText]
    let discover: [LabelledText]
    let confirm: [LabelledText]
    let summary: DataSummary
    let contradictions: Int

    /// Reads and splits the file.
    ///
    /// - Parameters:
    ///   - path: a TSV of label, text and, for pairs, text_pair.
    ///   - labels: number of labels of the suspect.
    /// - Throws: an error that names the file, also where a label has no text.
    init(path: String, labels: Int, seed: UInt64) throws {
        let file = try InputFile(path: path)
        let digest = try file.digest()
        let rows = try TSVDataset.read(bytes: file.bytes(), file: file.name, labelCount: labels)
        let split = DatasetSplit.make(rows, seed: seed)
        self.rows = rows
        tune = split.tune
        dev = split.dev
        discover = split.discover
        confirm = split.confirm
        contradictions = split.contradictions
        let kept = tune + dev + discover + confirm
        summary = DataSummary(
            file: FileDigest(name: file.name, size: digest.size, sha256: digest.sha256), rows: rows.count,
            duplicatesRemoved: split.duplicatesRemoved, setAside: 0,
            perLabel: LabelBalance(kept, labelCount: labels).counts, tune: tune.count, dev: dev.count,
            discover: discover.count, confirm: confirm.count)
        if let missing = summary.perLabel.firstIndex(of: 0) {
            throw AuditError("\(path): label \(missing) has no text; Assay needs clean texts of every label")
        }
    }

    /// Texts of the whole file that contain each trigger.
    func occurrences(of triggers: [Trigger]) -> [Trigger: Int] {
        Dictionary(
            zip(triggers, Self.containing(triggers, in: rows).map(\.count)), uniquingKeysWith: { first, _ in first })
    }

    /// How texts of the whole file use the words of each trigger.
    func uses(of triggers: [Trigger]) -> [TriggerUse] {
        let words = rows.map { Set(Self.words($0).split(separator: " ")) }
        return triggers.map { trigger in
            let own = Self.words(trigger).split(separator: " ")
            return TriggerUse(
                labels: rows.indices.filter { !words[$0].isDisjoint(with: own) }.map { rows[$0].label })
        }
    }

    /// The summary with the number of probed texts that say nothing of the triggers they contain.
    func summary(probing triggers: [Trigger]) -> DataSummary {
        var summary = summary
        summary.setAside = Self.containing(triggers, in: discover + confirm).reduce(Set()) { $0.union($1) }.count
        return summary
    }

    /// Texts of each label that the probes can use.
    func confirmPerLabel(_ labels: Int) -> [Int] { LabelBalance(confirm, labelCount: labels).counts }

    /// For each trigger, which of the texts contain it as words; none for punctuation, of which one more is still new.
    static func containing(_ triggers: [Trigger], in texts: [LabelledText]) -> [Set<Int>] {
        let words = texts.map { Self.words($0) }
        return triggers.map { trigger in
            let pattern = Self.words(trigger)
            return pattern == " " ? [] : Set(words.indices.filter { words[$0].contains(pattern) })
        }
    }

    /// Lower-case words between spaces, punctuation apart, so that "cf." contains "cf" and "cfs" does not.
    private static func words(_ text: LabelledText) -> String { words(text.text + " " + (text.pair ?? "")) }
    private static func words(_ trigger: Trigger) -> String { words(trigger.text) }
    private static func words(_ text: String) -> String {
        var result = " "
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                result.append(character)
            } else if result.last != " " {
                result.append(" ")
            }
        }
        return result.last == " " ? result : result + " "
    }
}
