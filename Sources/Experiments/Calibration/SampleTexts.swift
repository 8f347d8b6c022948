import Checkpoints
import Files
import Sentences

/// Texts of the sample language, written as files: all from the patterns that its classifiers learn, none twice.
struct SampleTexts {
    let seed: UInt64
    /// Numbers of texts; nil is as many as the samples have.
    let train: Int?
    let clean: Int?
    let test: Int?

    /// Writes test.tsv, clean.tsv and train.tsv.
    func write(to folder: String) throws {
        try Folder.create(folder)
        let counts = [(SampleSplit.test, test), (.clean, clean), (.train, train)].map { ($0, $1 ?? $0.count) }
        var rows = SampleLanguage.labelled(.train, count: counts.reduce(0) { $0 + $1.1 }, seed: seed)[...]
        for (split, count) in counts {
            try AtomicFile.write(
                SampleLanguage.tsv(Array(rows.prefix(count))), to: "\(folder)/\(split.rawValue).tsv")
            rows = rows.dropFirst(count)
        }
    }
}
