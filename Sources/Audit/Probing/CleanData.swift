import Checkpoints
import Datasets
import Evidence
import Files
import Findings
import Probes
import Tokenizers

/// The clean data set: texts that the search may look at, and texts that judge what it found, cut into folds so that
/// honest and purified models learn from all folds but the one that they are asked about.
struct CleanData {
    /// Parts of the judging texts.
    static let folds = 2
    /// Share of the texts that the search looks at.
    static let discoverShare = 0.15

    let rows: [LabelledText]
    let discover: [LabelledText]
    /// All folds, in the order of the file.
    let confirm: [LabelledText]
    let summary: DataSummary
    let contradictions: Int
    private let parts: [[LabelledText]]

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
        let fold = (1 - Self.discoverShare) / Double(Self.folds)
        let split = DatasetSplit.make(
            rows, shares: SplitShares(tune: fold, dev: fold, discover: Self.discoverShare, confirm: 0), seed: seed)
        self.rows = rows
        parts = [split.tune, split.dev]
        discover = split.discover
        confirm = parts.flatMap { $0 }.sorted { $0.row < $1.row }
        contradictions = split.contradictions
        summary = DataSummary(
            file: FileDigest(name: file.name, size: digest.size, sha256: digest.sha256), rows: rows.count,
            duplicatesRemoved: split.duplicatesRemoved, setAside: 0,
            perLabel: LabelBalance(discover + confirm, labelCount: labels).counts, discover: discover.count,
            confirm: confirm.count, folds: Self.folds)
        if let missing = summary.perLabel.firstIndex(of: 0) {
            throw AuditError("\(path): label \(missing) has no text; Assay needs clean texts of every label")
        }
    }

    /// The texts of one fold, in the order of the file.
    func confirm(fold: Int) -> [LabelledText] { parts[fold] }

    /// What a model may learn from that is to be asked about a fold: all other texts.
    func learning(without fold: Int) -> [LabelledText] {
        discover + parts.indices.filter { $0 != fold }.flatMap { parts[$0] }
    }

    /// Each judging text as a carrier, in the order of `confirm`.
    var carriers: [Carrier] {
        let folds = Dictionary(
            uniqueKeysWithValues: parts.enumerated().flatMap { fold, texts in texts.map { ($0.row, fold) } })
        return confirm.map { Carrier(row: $0.row, truth: $0.label, fold: folds[$0.row] ?? 0) }
    }

    /// For each probe, how many texts of the whole file contain it.
    func occurrences(of probes: [Probe]) -> [Int] { Self.containing(probes, in: rows).map(\.count) }

    /// The summary with the number of probed texts that say nothing of the triggers they contain.
    func summary(probing probes: [Probe]) -> DataSummary {
        var summary = summary
        summary.setAside = Self.containing(probes, in: discover + confirm).reduce(Set()) { $0.union($1) }.count
        return summary
    }

    /// Texts of each label that the probes can use.
    func confirmPerLabel(_ labels: Int) -> [Int] { LabelBalance(confirm, labelCount: labels).counts }

    /// For each probe, which of the texts contain it as words; none for punctuation, of which one more is still new, and
    /// for changes of whole texts.
    static func containing(_ probes: [Probe], in texts: [LabelledText]) -> [Set<Int>] {
        let words = texts.map { Self.words($0) }
        return probes.map { probe in
            let pattern = probe.trigger.map { Self.words($0.text) } ?? " "
            return pattern == " " ? [] : Set(words.indices.filter { words[$0].contains(pattern) })
        }
    }

    /// Lower-case words between spaces, punctuation apart, so that "cf." contains "cf" and "cfs" does not.
    private static func words(_ text: LabelledText) -> String { words(text.text + " " + (text.pair ?? "")) }
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
