import Checkpoints
import Datasets
import Evidence
import Files
import Findings
import Tensors

/// Clean prompts with their answers: some that the search looks at, and others that judge what it found, cut into folds so
/// that honest and purified models learn from all folds but the one that they are asked about.
struct PromptData {
    /// Parts of the judging prompts.
    static let folds = 2
    /// Share of the prompts that the search looks at.
    static let discoverShare = 0.15
    /// Prompts that each fold is asked about: half a minute of continuations a condition and model would be too long, and a
    /// hundred prompts tell an effect of one half from none.
    static let askedPerFold = 40
    /// Fewest prompts to search with.
    private static let fewestDiscover = 16
    /// Fewest pairs: 50 judging prompts and those to search with.
    static let fewest = 50 + fewestDiscover

    let discover: [PromptPair]
    /// The prompts that models are asked about, in the order of the file.
    let asked: [PromptPair]
    let summary: DataSummary
    private let parts: [[PromptPair]]

    /// Reads and splits the file.
    ///
    /// - Parameter path: JSON Lines of prompts with responses.
    /// - Throws: an error that names the file, also where it holds too few different prompts.
    init(path: String, seed: UInt64) throws {
        let file = try InputFile(path: path)
        let digest = try file.digest()
        let rows = try PromptPairs.read(bytes: file.bytes(), file: file.name)
        var seen = Set<[PromptMessage]>()
        let pairs = rows.filter { seen.insert($0.messages).inserted }
        guard pairs.count >= Self.fewest else {
            throw AuditError(
                "\(path): it holds \(pairs.count) different prompts, and an audit needs at least \(Self.fewest); give more"
            )
        }
        let order = CounterRandom(seed: seed, stream: "prompts").permutation(pairs.count).map { pairs[$0] }
        let found = max(Self.fewestDiscover, Int(Self.discoverShare * Double(pairs.count)))
        let judging = Array(order.dropFirst(found))
        discover = order.prefix(found).sorted { $0.row < $1.row }
        parts = (0..<Self.folds).map { fold in
            stride(from: fold, to: judging.count, by: Self.folds).map { judging[$0] }.sorted { $0.row < $1.row }
        }
        asked = parts.flatMap { $0.prefix(Self.askedPerFold) }.sorted { $0.row < $1.row }
        summary = DataSummary(
            file: FileDigest(name: file.name, size: digest.size, sha256: digest.sha256), rows: rows.count,
            duplicatesRemoved: rows.count - pairs.count, setAside: 0, perLabel: [pairs.count], discover: found,
            confirm: asked.count, folds: Self.folds)
    }

    /// What a model may learn from that is to be asked about a fold.
    func learning(without fold: Int) -> [PromptPair] {
        discover + parts.indices.filter { $0 != fold }.flatMap { parts[$0] }
    }

    /// The judging pairs of one fold.
    func held(fold: Int) -> [PromptPair] { parts[fold] }

    /// All pairs, for a model that is asked about none of them.
    var all: [PromptPair] { discover + parts.flatMap { $0 } }

    /// Each asked prompt as a carrier, whose answer should show no pattern.
    ///
    /// - Parameter ordinary: the target that stands for an answer without a pattern.
    func carriers(ordinary: Int) -> [Carrier] {
        let folds = Dictionary(
            uniqueKeysWithValues: parts.enumerated().flatMap { fold, pairs in pairs.map { ($0.row, fold) } })
        return asked.map { Carrier(row: $0.row, truth: ordinary, fold: folds[$0.row] ?? 0) }
    }
}
