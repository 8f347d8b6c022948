import Findings

/// Findings by rule, gravest first, each rule with its page.
struct FindingsView: SectionView {
    var isEmpty: Bool
    var hasFindings: Bool
    var summary: String
    var rules: [Rule]

    struct Rule: Decodable {
        var code: String
        var name: String
        var severity: String
        var findings: [Item]
        var more: [String]
        var measures: String
        var why: String
        var misses: String
        var action: String
        var taxonomy: String
    }

    struct Item: Decodable {
        var severity: String
        var message: String
        var accepted: [String]
        var evidence: [Fact]
    }

    struct Fact: Decodable {
        var label: String
        var values: [CodeSpan]
    }

    private static let shownFindings = 12
    private static let shownEvidence = 12

    init(_ result: AuditResult, run: RunRecord?) {
        isEmpty = result.findings.isEmpty
        hasFindings = !isEmpty
        summary = Self.summary(result.findings)
        rules = Self.grouped(result.findings).map(Self.rule)
    }

    /// Findings of one rule together, in order of their gravest; equal severities in order of code.
    static func grouped(_ findings: [Finding]) -> [[Finding]] {
        let groups = RuleCode.allCases.compactMap { code -> [Finding]? in
            let own = findings.filter { $0.code == code }
            return own.isEmpty ? nil : stablySorted(own)
        }
        let gravest = groups.map { $0.first?.severity ?? .info }
        return groups.indices.sorted { a, b in
            gravest[a] == gravest[b] ? a < b : gravest[a] > gravest[b]
        }.map { groups[$0] }
    }

    private static func stablySorted(_ findings: [Finding]) -> [Finding] {
        Finding.Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
    }

    private static func summary(_ findings: [Finding]) -> String {
        let counts = Finding.Severity.allCases.reversed().compactMap { severity -> String? in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(Wording.name(severity).lowercased())"
        }
        let noun = findings.count == 1 ? "finding" : "findings"
        return "\(findings.count) \(noun): \(counts.joined(separator: ", "))."
    }

    private static func rule(_ findings: [Finding]) -> Rule {
        let page = RulePage.page(for: findings.first?.code ?? .knownTrigger)
        let left = findings.count - shownFindings
        return Rule(
            code: page.code.rawValue, name: page.name, severity: Wording.name(findings.first?.severity ?? .info),
            findings: findings.prefix(shownFindings).map(item),
            more: left > 0 ? ["\(NumberText.grouped(left)) more of this rule are in the result JSON."] : [],
            measures: page.measures, why: page.why, misses: page.misses, action: page.action,
            taxonomy: taxonomy(page.taxonomy))
    }

    /// Entries of one framework together, its name and version once.
    private static func taxonomy(_ entries: [TaxonomyID]) -> String {
        var frameworks: [String] = []
        for entry in entries {
            let framework = "\(entry.framework) \(entry.version)"
            if !frameworks.contains(framework) { frameworks.append(framework) }
        }
        return frameworks.map { framework in
            let own = entries.filter { "\($0.framework) \($0.version)" == framework }
            return "\(framework): " + own.map { "\($0.id) \($0.name)" }.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    private static func item(_ finding: Finding) -> Item {
        Item(
            severity: Wording.name(finding.severity), message: finding.message,
            accepted: finding.accepted.map { [Wording.name($0)] } ?? [],
            evidence: facts(finding.evidence.prefix(shownEvidence)))
    }

    /// Values that follow each other under one label, on one line.
    private static func facts(_ evidence: ArraySlice<Evidence>) -> [Fact] {
        evidence.reduce(into: []) { facts, item in
            let value = CodeSpan(item.value, limit: 200)
            if let last = facts.indices.last, facts[last].label == item.label {
                facts[last].values.append(value)
            } else {
                facts.append(Fact(label: item.label, values: [value]))
            }
        }
    }
}
