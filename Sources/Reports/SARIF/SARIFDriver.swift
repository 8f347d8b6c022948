import Findings

/// The tool with all its rules, each related to the taxonomies that its findings support evidence for.
struct SARIFDriver: Encodable {
    var name: String
    var semanticVersion: String
    var rules: [SARIFRule]
    var supportedTaxonomies: [SARIFReference.Component]

    /// - Parameter findings: decide each rule's severity, which GitHub reads from the rule instead of the result.
    init(_ tool: Tool, findings: [Finding]) {
        name = SARIFText.message(tool.name, limit: 80)
        semanticVersion = SARIFText.message(tool.version, limit: 80)
        supportedTaxonomies = SARIFTaxonomy.all.enumerated().map { .init(name: $1.name, index: $0) }
        rules = RulePage.all.map { page in
            SARIFRule(page, severity: findings.filter { $0.code == page.code }.map(\.severity).max() ?? .info)
        }
    }
}

struct SARIFRule: Encodable {
    var id: String
    var name: String
    var shortDescription: SARIFMessage
    var fullDescription: SARIFMessage
    var help: SARIFMessage
    var defaultConfiguration: Configuration
    var relationships: [SARIFReference]
    var properties: Properties

    struct Configuration: Encodable {
        var level: SARIFLevel
    }

    struct Properties: Encodable {
        var tags = ["security", "backdoor"]
        var precision = "high"
        var securitySeverity: String

        private enum CodingKeys: String, CodingKey {
            case tags, precision
            case securitySeverity = "security-severity"
        }
    }

    init(_ page: RulePage, severity: Finding.Severity) {
        id = page.code.rawValue
        name = "\(page.code)".capitalizedFirst
        shortDescription = SARIFMessage(text: page.name)
        fullDescription = SARIFMessage(text: page.measures)
        let parts = [
            ("What is measured", page.measures), ("Why it matters", page.why), ("What it misses", page.misses),
            ("What to do", page.action),
        ]
        help = SARIFMessage(
            text: parts.map { "\($0). \($1)" }.joined(separator: "\n\n"),
            markdown: parts.map { "**\($0).** \(MarkdownText.escape($1))" }.joined(separator: "\n\n"))
        defaultConfiguration = Configuration(level: SARIFLevel(severity))
        relationships = page.taxonomy.compactMap(SARIFReference.init)
        properties = Properties(securitySeverity: severity.securitySeverity)
    }
}

/// A relation to an entry of a taxonomy.
struct SARIFReference: Encodable {
    var target: Target
    var kinds = ["relevant"]

    struct Target: Encodable {
        var id: String
        var index: Int
        var toolComponent: Component
    }

    struct Component: Encodable {
        var name: String
        var index: Int
    }

    init?(_ entry: TaxonomyID) {
        guard let framework = SARIFTaxonomy.all.firstIndex(where: { $0.holds(entry) }),
            let index = SARIFTaxonomy.all[framework].taxa.firstIndex(where: { $0.id == entry.id })
        else { return nil }
        target = Target(
            id: entry.id, index: index,
            toolComponent: Component(name: SARIFTaxonomy.all[framework].name, index: framework))
    }
}

extension SARIFTaxonomy {
    /// Every framework and version that a rule names, with the entries that are named.
    static let all: [SARIFTaxonomy] = RulePage.all.flatMap(\.taxonomy).reduce(into: []) { taxonomies, entry in
        let index = taxonomies.firstIndex { $0.holds(entry) } ?? taxonomies.count
        if index == taxonomies.count {
            taxonomies.append(SARIFTaxonomy(name: entry.framework, version: entry.version, taxa: []))
        }
        if !taxonomies[index].taxa.contains(where: { $0.id == entry.id }) {
            taxonomies[index].taxa.append(Taxon(id: entry.id, name: entry.name))
        }
    }

    /// Whether an entry is of this framework and version.
    func holds(_ entry: TaxonomyID) -> Bool { name == entry.framework && version == entry.version }
}

extension SARIFLevel {
    init(_ severity: Finding.Severity) {
        switch severity {
        case .info, .low: self = .note
        case .medium: self = .warning
        case .high, .critical: self = .error
        }
    }
}

extension Finding.Severity {
    /// In the middle of the band that GitHub shows under the same word: above 9.0 critical, 7.0 high, 4.0 medium.
    var securitySeverity: String {
        switch self {
        case .info: "0.1"
        case .low: "2.0"
        case .medium: "5.5"
        case .high: "8.0"
        case .critical: "9.5"
        }
    }
}
