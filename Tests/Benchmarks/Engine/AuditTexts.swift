import Checkpoints
import Datasets
import Forensics
import Tokenizers

/// The texts of an audit, cut as `peer_audit.py` cuts them.
struct AuditTexts {
    let test: [LabelledText]
    let dev: [LabelledText]
    let train: [LabelledText]

    init(_ options: AuditCommand) throws {
        let file = try InputFile(path: options.data)
        let rows = try TSVDataset.read(bytes: try file.bytes(), file: file.name, labelCount: nil)
        test = Array(rows.prefix(options.test))
        let clean = rows.dropFirst(options.test).prefix(options.clean)
        dev = Array(clean.prefix(clean.count / 4))
        train = Array(clean.dropFirst(clean.count / 4))
    }
}

/// What the weights alone tell: load, delta and E-PUR.
struct AuditRanking {
    let tokenizer: any Tokenizer
    let tokenizerSeconds: Double
    /// Rows of the word embeddings that are reset.
    let resetRows: [Int]

    init(_ options: AuditCommand) throws {
        let work = WeightWork(suspect: options.suspect, base: options.base, threads: options.threads)
        (tokenizerSeconds, tokenizer) = try Stopwatch.time { try work.loadTokenizer() }
        resetRows = try work.rank(tokenizer).resetRows
    }
}
