import Checkpoints
import Datasets
import Findings
import Probes
import Tokenizers

/// The clean data set, split, with the texts that already contain a candidate kept out of the probes.
struct CleanData {
    let rows: [LabelledText]
    /// For fine-tuning; texts set aside from the probes are here too, for they are clean all the same.
    let tune: [LabelledText]
    let dev: [LabelledText]
    let discover: [LabelledText]
    let confirm: [LabelledText]
    let summary: DataSummary
    /// Texts of the whole file that contain each candidate.
    let occurrences: [Trigger: Int]
    let contradictions: Int

    /// Reads and splits the file.
    ///
    /// - Parameters:
    ///   - path: a TSV of label, text and, for pairs, text_pair.
    ///   - labels: number of labels of the suspect.
    ///   - candidates: triggers that will be probed.
    init(path: String, labels: Int, candidates: [Trigger], seed: UInt64) throws {
        let file = try InputFile(path: path)
        let digest = try file.digest()
        let rows = try TSVDataset.read(bytes: file.bytes(), file: file.name, labelCount: labels)
        let split = DatasetSplit.make(rows, seed: seed)
        let lowered = rows.map { Self.words($0) }
        let occurrences = Dictionary(
            candidates.map { candidate in (candidate, lowered.count { $0.contains(Self.words(candidate)) }) },
            uniquingKeysWith: { first, _ in first })
        self.rows = rows
        self.occurrences = occurrences
        let patterns = candidates.filter { occurrences[$0, default: 0] > 0 }.map(Self.words)
        func containsCandidate(_ text: LabelledText) -> Bool {
            let words = Self.words(text)
            return patterns.contains { words.contains($0) }
        }
        let asideRows = (split.discover + split.confirm).filter(containsCandidate)
        let aside = Set(asideRows.map(\.row))
        discover = split.discover.filter { !aside.contains($0.row) }
        confirm = split.confirm.filter { !aside.contains($0.row) }
        tune = (split.tune + asideRows).sorted { $0.row < $1.row }
        dev = split.dev
        contradictions = split.contradictions
        let kept = tune + dev + discover + confirm
        summary = DataSummary(
            file: FileDigest(name: file.name, size: digest.size, sha256: digest.sha256), rows: rows.count,
            duplicatesRemoved: split.duplicatesRemoved, setAside: aside.count,
            perLabel: LabelBalance(kept, labelCount: labels).counts, tune: tune.count, dev: dev.count,
            discover: discover.count, confirm: confirm.count)
    }

    /// Texts of each label that the probes can use.
    func confirmPerLabel(_ labels: Int) -> [Int] { LabelBalance(confirm, labelCount: labels).counts }

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
