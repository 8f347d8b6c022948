import Checkpoints
import Datasets
import Files
import Tensors

/// The texts of one file that a task uses for one purpose.
struct TaskTexts: Sendable {
    let rows: [LabelledText]
    let summary: Summary

    /// What results say about the texts.
    struct Summary: Codable, Sendable, Equatable {
        /// The whole file.
        let file: InputDigest
        /// Texts of the file.
        let rows: Int
        /// Texts left out because they occur earlier in the file, or in a file that has precedence.
        let duplicates: Int
        /// Texts used: all that are left, or as many of them at random as were asked for.
        let used: Int
        /// SHA-256 of the texts used, as a TSV file.
        let sha256: String

        /// Whether there were more to use.
        var isLimited: Bool { used < rows - duplicates }
    }

    /// - Parameters:
    ///   - purpose: names the random draw: "train", "clean" or "test".
    ///   - limit: texts to take at most; the same ones for every seed of the task.
    ///   - taken: texts that are used for something else already; those of this file are added.
    init(
        path: String, purpose: String, limit: Int?, taken: inout Set<TextIdentity>
    ) throws {
        let file = try InputFile(path: path)
        let bytes = try file.bytes(limit: DatasetLimits.default.maxBytes)
        let all = try TSVDataset.read(bytes: bytes, file: file.name, labelCount: nil)
        var seen = taken
        let distinct = all.filter { seen.insert(TextIdentity($0)).inserted }
        var rows = distinct
        if let limit, limit < distinct.count {
            rows = CounterRandom(seed: 0, stream: "table/" + purpose).permutation(distinct.count).prefix(limit).sorted()
                .map { distinct[$0] }
        }
        guard !rows.isEmpty else {
            throw AuditError(
                usage:
                    "\(path): none of its texts is left for \"\(purpose)\", for test texts are taken first, then clean "
                    + "ones; name another file, or set test-rows and the remedy's texts lower")
        }
        taken.formUnion(rows.map(TextIdentity.init))
        self.rows = rows
        summary = Summary(
            file: InputDigest(name: file.name, of: bytes), rows: all.count, duplicates: all.count - distinct.count,
            used: rows.count, sha256: InputDigest(name: purpose, of: Self.tsv(rows)).sha256)
    }

    /// The texts used, as a file.
    var tsv: [UInt8] { Self.tsv(rows) }

    private static func tsv(_ rows: [LabelledText]) -> [UInt8] {
        var bytes = Array((rows.first?.pair == nil ? "label\ttext\n" : "label\ttext\ttext_pair\n").utf8)
        for row in rows {
            let fields = [String(row.label), row.text] + (row.pair.map { [$0] } ?? [])
            bytes += Array(fields.joined(separator: "\t").utf8) + [0x0A]
        }
        return bytes
    }
}

/// What makes two rows the same text, whatever their label.
struct TextIdentity: Hashable {
    private let text: String
    private let pair: String?

    init(_ row: LabelledText) { (text, pair) = (row.text, row.pair) }
}
