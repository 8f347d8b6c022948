import Files
public import Tokenizers
public import Transformers

extension Network {
    /// The length, in tokens, that texts are cut to.
    ///
    /// - Parameters:
    ///   - asked: the user's `--max-length`; nil takes what tokenizer and positions allow.
    ///   - least: what a text needs at the least.
    /// - Throws: a usage error that names the lengths that would do.
    public func maxLength(_ asked: Int?, atLeast least: Int, _ tokenizer: any Tokenizer) throws -> Int {
        guard let asked else { return defaultMaxLength(tokenizer) }
        let most = maxPositions
        guard least <= most else {
            throw AuditError(
                usage: "--max-length \(asked): the model has \(most) positions; leave --max-length out")
        }
        guard (least...most).contains(asked) else {
            throw AuditError(usage: "--max-length \(asked) is outside \(least)…\(most), the model's positions")
        }
        return asked
    }
}
