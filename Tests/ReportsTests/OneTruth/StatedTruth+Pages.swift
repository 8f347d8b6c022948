import Findings
import Markup

@testable import Reports

extension StatedTruth {
    /// As the Markdown or HTML of a report says it.
    ///
    /// - Parameter codes: what names a finding: a heading, or the cells of one column of its table.
    init(page: [Element], findings: Findings) {
        let all = page.flatMap(\.descendants)
        let badge = all.first { findings == .headings ? $0.name == "strong" : $0.name == "h2" }?.textContent ?? ""
        let text = all.filter { $0.name == "p" }.map(\.textContent).joined(separator: "\n")
        let exit = text.firstMatch(of: /Exit code ([0-9]+)/).flatMap { Int32($0.1) }
        let tables = Self.tables(all)
        func gate(isPurified: Bool) -> [Row] {
            let table = tables.first { $0.rows.first?.first == "Rule" && $0.label.contains("purified") == isPurified }
            return (table?.rows.dropFirst() ?? []).map(Row.init(cells:))
        }
        let named: [String]
        switch findings {
        case .headings: named = all.filter { $0.name == "h3" }.map(\.textContent)
        case .table:
            let table = tables.first { $0.rows.first?.first == "Severity" }
            named = (table?.rows ?? []).map { $0.count > 1 ? $0[1] : "" }
        }
        self.init(
            verdict: Self.verdict(badge), exit: exit, gate: gate(isPurified: false),
            purifiedGate: gate(isPurified: true),
            codes: named.map { String($0.prefix(6)) }.filter { $0.hasPrefix("ASY") })
    }

    enum Findings { case headings, table }

    private static func verdict(_ badge: String) -> Verdict? {
        let word = badge.drop { !$0.isLetter }
        return Verdict.allCases.first { word.hasPrefix(Wording.badge($0).drop { !$0.isLetter }) }
    }

    /// Every table with the text that stands over it.
    private static func tables(_ all: [Element]) -> [(label: String, rows: [[String]])] {
        var label = ""
        var tables: [(label: String, rows: [[String]])] = []
        for element in all {
            switch element.name {
            case "h2", "h3", "em": label = element.textContent
            case "table":
                let caption = element.elements.first { $0.name == "caption" }?.textContent
                let rows = element.descendants.filter { $0.name == "tr" }.map { $0.elements.map(\.textContent) }
                tables.append((caption ?? label, rows))
            default: break
            }
        }
        return tables
    }
}

extension StatedTruth.Row {
    /// Rule, state, value, interval, limit and n, as a table has them.
    fileprivate init(cells: [String]) {
        let state = cells.count > 1 ? cells[1] : ""
        self.init(
            code: String(cells.first?.prefix(6) ?? ""),
            state: GateRule.State.allCases.first { state.hasPrefix(Wording.badge($0)) },
            numbers: Array(cells.dropFirst(2).prefix(4)))
    }
}
