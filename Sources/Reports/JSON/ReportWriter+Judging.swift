public import Findings

extension ReportWriter {
    /// As `readJSON`, for a result whose verdict is handed on: it is recomputed from the result's own rules.
    ///
    /// - Throws: `ReportError` as well when a stored verdict is not what the rules say.
    public static func readJudged(_ bytes: [UInt8], file: String) throws(ReportError) -> AuditResult {
        let result = try readJSON(bytes, file: file)
        let judged = result.judged
        for (model, stored, expected) in [
            ("suspect", result.verdict, judged.verdict),
            ("purified model", result.purifiedVerdict, judged.purified),
        ] where stored != expected {
            throw ReportError(
                .verdictDisagrees, file: file,
                detail: "its verdict on the \(model) is \(name(stored)), and its own rules give \(name(expected)): the "
                    + "file was changed after the audit; give the result.json as it was written, or audit again.")
        }
        return result
    }

    private static func name(_ verdict: Verdict?) -> String { verdict.map { "“\($0.rawValue)”" } ?? "missing" }
}
