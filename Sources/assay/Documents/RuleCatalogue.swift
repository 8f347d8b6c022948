import Findings

/// The page of the documentation that lists every rule, made from the rules' own pages.
enum RuleCatalogue {
    static var markdown: String {
        var text = """
            # Rules

            <!-- Made by `make docs` from the rules' own pages: do not edit. -->

            Every gate rule and finding of Assay, under the stable code that the reports give. `assay explain CODE` prints \
            the same page. Taxonomy entries are what a finding supports evidence for; Assay says nothing of compliance.

            | Code | Rule |
            | --- | --- |

            """
        text += RulePage.all.map { page in
            "| [\(page.code.rawValue)](#\(anchor(page))) | \(page.name) |\n"
        }.joined()
        return text + RulePage.all.map(section).joined()
    }

    private static func section(_ page: RulePage) -> String {
        """

        ## \(page.code.rawValue) \(page.name)

        **What it measures.** \(page.measures)

        **Why it matters.** \(page.why)

        **What it misses.** \(page.misses)

        **What to do.** \(page.action)

        **Supports evidence for.** \(page.taxonomy.map { "\($0.framework) \($0.version): \($0.id) \($0.name)" }.joined(separator: "; ")).

        """
    }

    /// The anchor that GitHub gives the rule's heading.
    private static func anchor(_ page: RulePage) -> String {
        "\(page.code.rawValue) \(page.name)".lowercased().filter { $0.isLetter || $0.isNumber || "- _".contains($0) }
            .replacing(" ", with: "-")
    }
}
