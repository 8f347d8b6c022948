import Findings

/// What was looked at, what was not, and what a pass does not mean.
struct CoverageView: SectionView {
    var items: [Item]
    var hasItems: Bool

    struct Item: Decodable {
        var subject: String
        var state: String
        var detail: String
    }

    init(_ result: AuditResult, run: RunRecord?) {
        items = result.coverage.map {
            Item(subject: $0.subject, state: Wording.name($0.state), detail: $0.detail)
        }
        hasItems = !items.isEmpty
    }
}
