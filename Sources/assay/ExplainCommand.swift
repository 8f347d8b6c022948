import ArgumentParser
import Files
import Findings

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a rule: what it measures, why, what it misses, what to do.",
        discussion: """
            EXAMPLES
              assay explain ASY102
              assay explain          (lists every rule)
            """)

    @Argument(help: "Code of a rule, such as ASY102.") var code: String?

    func run() throws {
        try Console.run {
            guard let code else {
                try Console.out(RulePage.all.map { "\($0.code.rawValue)  \($0.name)\n" }.joined())
                return
            }
            guard let rule = RuleCode(rawValue: code.uppercased()) else {
                throw AuditError(usage: "there is no rule \"\(code)\"; \"assay explain\" lists them all")
            }
            let page = RulePage.page(for: rule)
            try Console.out(
                """
                \(page.code.rawValue)  \(page.name)

                What it measures
                  \(page.measures)
                Why it matters
                  \(page.why)
                What it misses
                  \(page.misses)
                What to do
                  \(page.action)
                Supports evidence for
                \(page.taxonomy.map { "  \($0.framework) \($0.version) \($0.id) \($0.name)" }.joined(separator: "\n"))

                """)
        }
    }
}
