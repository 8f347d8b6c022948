import Findings

/// The command to type again and the digest to compare.
struct ReproduceView: SectionView {
    var command: CodeBlock
    var tool: String
    var seed: String
    var size: String
    var digest: CodeSpan

    init(_ result: AuditResult, run: RunRecord?) {
        let json = ResultJSON.bytes(of: result)
        command = CodeBlock(lines: [result.settings.command])
        tool = "\(result.tool.name) \(result.tool.version)"
        seed = String(result.settings.seed)
        size = NumberText.bytes(json.count)
        digest = CodeSpan(ResultJSON.sha256(of: json))
    }
}
