import Files
public import Tokenizers
public import Transformers

extension Network {
    /// The length, in tokens, that texts are cut to.
    ///
    /// - Parameters:
    ///   - asked: the user's `--max-length`; nil takes what tokenizer and positions allow.
    ///   - least: what a text needs at the least.
    ///   - folder: the model's, for errors.
    /// - Throws: a usage error that names the lengths that would do; where it is the model that is too short, exit 2.
    public func maxLength(
        _ asked: Int?, atLeast least: Int, _ tokenizer: any Tokenizer, folder: String
    ) throws -> Int {
        let most = maxPositions
        guard least <= most else {
            throw AuditError(
                "\(folder)/config.json: the model has \(most) positions, and a text needs \(least) tokens; it cannot be "
                    + "run on texts of any use")
        }
        guard let asked else {
            let length = defaultMaxLength(tokenizer)
            guard length >= least else {
                throw AuditError(
                    "\(folder)/tokenizer_config.json: the model's texts end after \(length) tokens (model_max_length), and "
                        + "\(least) are needed; if the model takes more, say how many with --max-length")
            }
            return length
        }
        guard (least...most).contains(asked) else {
            throw AuditError(usage: "--max-length \(asked) is outside \(least)…\(most), the model's positions")
        }
        return asked
    }
}
