import Findings

/// bom.cdx.json: a CycloneDX 1.6 bill of the models and texts of an audit, with a model card of what was measured.
struct CycloneDXReport: ReportRendering {
    func bytes(of input: ReportInput) -> [UInt8] {
        JSONText.bytes(of: Self.bill(input), brokenDepth: 5)
    }

    private static func bill(_ input: ReportInput) -> CycloneDXBOM {
        let result = input.result
        return CycloneDXBOM(
            serialNumber: serialNumber(result), metadata: metadata(input), components: components(result),
            dependencies: dependencies(result),
            vulnerabilities: result.findings.enumerated().map {
                CycloneDXVulnerability($1, number: $0 + 1, in: result)
            })
    }

    /// Characters of a version that the standard allows.
    private static let longestVersion = 1_024

    private static func metadata(_ input: ReportInput) -> CycloneDXBOM.Metadata {
        let result = input.result
        let tool = CycloneDXComponent(
            type: .application, reference: .assay, name: CycloneDXComponent.name(result.tool.name),
            version: String(CycloneDXComponent.name(result.tool.version).prefix(Self.longestVersion)))
        return CycloneDXBOM.Metadata(
            timestamp: input.created.flatMap(NumberText.timestamp), tools: .init(components: [tool]),
            component: CycloneDXComponent(
                result.suspect, as: .suspect, card: card(result, .suspect, limitations: limitations(result))),
            properties: verdict(result) + result.gate.rules.map { gate($0, of: .suspect) }
                + result.gate.purifiedRules.map { gate($0, of: .purified) })
    }

    private static func verdict(_ result: AuditResult) -> [CycloneDXProperty] {
        let values: [(String, String?)] = [
            ("assay:kind", result.kind.rawValue), ("assay:verdict", result.verdict.rawValue),
            ("assay:purified-verdict", result.purifiedVerdict?.rawValue),
            ("assay:exit", String(result.exitStatus.rawValue)), ("assay:gate:subject", result.gate.subject.rawValue),
        ]
        return values.compactMap { name, value in value.map { CycloneDXProperty(name: name, value: $0) } }
    }

    /// "failed: 0.57, interval 0.5 to 0.6, limit 0.25, pass limit 0.45, n 75", the numbers as result.json has them.
    private static func gate(_ rule: GateRule, of subject: Gate.Subject) -> CycloneDXProperty {
        let parts = [
            rule.value.map(\.description), rule.interval.map { "interval \($0.lower) to \($0.upper)" },
            rule.limit.map { "limit \($0)" }, rule.passLimit.map { "pass limit \($0)" }, rule.n.map { "n \($0)" },
            rule.accepted.map { "accepted by \($0.rawValue)" },
        ].compactMap(\.self)
        return CycloneDXProperty(
            name: "assay:gate:\(subject.rawValue):\(rule.code.rawValue)",
            value: rule.state.rawValue + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")))
    }

    private static func components(_ result: AuditResult) -> [CycloneDXComponent] {
        let base = result.base.map {
            CycloneDXComponent($0, as: .base, card: .init(modelParameters: parameters($0, result)))
        }
        let purified = result.remedy.map {
            CycloneDXComponent(purified: result, card: card(result, .purified, limitations: []), remedy: $0)
        }
        let data = result.data.map { CycloneDXComponent(file: $0.file, type: .data, reference: .data) }
        return [base, purified, data].compactMap(\.self)
    }

    private static func card(_ result: AuditResult, _ role: ModelRole, limitations: [String]) -> CycloneDXModelCard {
        CycloneDXModelCard(
            modelParameters: parameters(result.suspect, result, datasets: result.data.map { _ in [.init(ref: .data)] }),
            quantitativeAnalysis: CycloneDXModelCard.analysis(of: role, result),
            considerations: limitations.isEmpty ? nil : .init(technicalLimitations: limitations))
    }

    private static func parameters(
        _ model: ModelSummary, _ result: AuditResult, datasets: [CycloneDXModelCard.Dataset]? = nil
    ) -> CycloneDXModelCard.Parameters {
        let isRead = result.kind != .scan
        return CycloneDXModelCard.Parameters(
            task: isRead ? "text-classification" : nil, architectureFamily: isRead ? "transformer" : nil,
            modelArchitecture: VisibleText.clipped(model.architecture, to: 80), datasets: datasets)
    }

    private static func limitations(_ result: AuditResult) -> [String] {
        result.coverage.filter { $0.state != .examined }.map {
            VisibleText.clipped("\($0.subject), \($0.state.rawValue): \($0.detail)", to: 400)
        }
    }

    private static func dependencies(_ result: AuditResult) -> [CycloneDXBOM.Dependency] {
        let base: [CycloneDXReference] = result.base == nil ? [] : [.base]
        let suspect = [CycloneDXBOM.Dependency(ref: .suspect, dependsOn: base)]
        return result.remedy == nil ? suspect : suspect + [.init(ref: .purified, dependsOn: [.suspect] + base)]
    }

    /// A UUID of version 8 (RFC 9562: its bits are the application's own) from the digest of result.json.
    private static func serialNumber(_ result: AuditResult) -> String {
        var digits = Array(ResultJSON.sha256(of: ResultJSON.bytes(of: result)).prefix(32))
        digits[12] = "8"
        digits[16] = "8"
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return "urn:uuid:" + groups.joined(separator: "-")
    }
}
