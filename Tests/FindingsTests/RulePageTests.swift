import Findings
import Testing

@Suite struct RulePageTests {
    @Test(arguments: RuleCode.allCases)
    func everyRuleHasACompletePage(code: RuleCode) {
        let page = RulePage.page(for: code)
        #expect(page.code == code)
        #expect(!page.name.isEmpty && !page.name.hasSuffix("."))
        for text in [page.measures, page.why, page.misses, page.action] {
            #expect(text.hasSuffix(".") && text.first?.isUppercase == true && !text.contains("\n"))
        }
        #expect(!page.taxonomy.isEmpty)
        #expect(page.taxonomy.allSatisfy { !$0.id.isEmpty && !$0.version.isEmpty && !$0.name.isEmpty })
    }

    @Test func codesAndNamesAreUnique() {
        #expect(Set(RulePage.all.map(\.code.rawValue)).count == RuleCode.allCases.count)
        #expect(Set(RulePage.all.map(\.name)).count == RuleCode.allCases.count)
    }

    @Test func catalogueNeverClaimsCompliance() {
        for page in RulePage.all {
            #expect(!(page.measures + page.why + page.action).lowercased().contains("compl"))
        }
    }
}
