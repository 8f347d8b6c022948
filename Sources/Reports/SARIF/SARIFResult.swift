import Findings

/// A finding as an alert.
struct SARIFResult: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: SARIFLevel
    var message: SARIFMessage
    var locations: [SARIFLocation]
    var partialFingerprints: [String: String]
    var baselineState: String?
    var suppressions: [Suppression]?
    var properties: Properties

    struct Suppression: Encodable {
        var kind = "external"
        var status = "accepted"
        var justification: String
    }

    struct Properties: Encodable {
        var severity: Finding.Severity
        var evidence: [Evidence]
    }

    /// - Parameter fingerprint: the same for the same finding in every run, and for no other finding of this one.
    init(_ finding: Finding, in result: AuditResult, fingerprint: String) {
        ruleId = finding.code.rawValue
        ruleIndex = RuleCode.allCases.firstIndex(of: finding.code) ?? 0
        level = SARIFLevel(finding.severity)
        let evidence = finding.evidence.prefix(Self.shownEvidence)
        let shown = evidence.map {
            "\(SARIFText.message($0.label, limit: 40)) “\(SARIFText.message($0.value, limit: 200))”"
        }
        message = SARIFMessage(
            text: SARIFText.message(finding.message) + (shown.isEmpty ? "" : " (\(shown.joined(separator: ", ")))"))
        locations = [SARIFLocation(of: finding, in: result)]
        partialFingerprints = ["primaryLocationLineHash": fingerprint]
        baselineState = result.baseline.map { Self.state(of: finding, in: $0) }
        suppressions =
            finding.accepted == .suppression ? result.suppression(of: finding.code).map(Self.suppressed) : nil
        properties = Properties(severity: finding.severity, evidence: Array(evidence))
    }

    private static let shownEvidence = 8

    private static func suppressed(_ suppression: Findings.Suppression) -> [Suppression] {
        let text = SARIFText.message(suppression.justification, limit: 500)
        return [Suppression(justification: "\(text) (until \(SARIFText.message(suppression.expires, limit: 20)))")]
    }

    private static func state(of finding: Finding, in baseline: BaselineComparison) -> String {
        let subjects = Set(finding.evidence.map(\.value))
        let entry = baseline.entries.first { entry in
            entry.code == finding.code && entry.status != .fixed && entry.subject.map(subjects.contains) ?? true
        }
        switch entry?.status {
        case .worse: return "updated"
        case .unchanged: return "unchanged"
        case .new, .fixed, nil: return finding.accepted == .baseline ? "unchanged" : "new"
        }
    }
}

/// Where a finding is shown: a text file of the model's folder, and the tensor, token or trigger inside.
struct SARIFLocation: Encodable {
    var physicalLocation: Physical
    var logicalLocations: [Logical]?

    struct Physical: Encodable {
        var artifactLocation: Artifact
        var region = ["startLine": 1]
    }

    struct Artifact: Encodable, Hashable {
        var uri: String
    }

    struct Logical: Encodable, Hashable {
        var name: String
        var kind: String
    }

    init(of finding: Finding, in result: AuditResult) {
        physicalLocation = Physical(artifactLocation: Artifact(uri: Self.file(of: finding.code, in: result)))
        let places = finding.evidence.prefix(8).map { evidence in
            Logical(
                name: VisibleText.clipped(evidence.value, to: 200),
                kind: VisibleText.clipped(evidence.label.lowercased(), to: 40))
        }
        let distinct = places.indices.filter { !places[..<$0].contains(places[$0]) }.map { places[$0] }
        logicalLocations = distinct.isEmpty ? nil : distinct
    }

    /// The file that a reader opens first: the texts, the tokenizer's settings, or config.json.
    private static func file(of code: RuleCode, in result: AuditResult) -> String {
        switch code {
        case .triggerInData, .duplicateTexts, .labelImbalance:
            return SARIFText.uri(result.data?.file.name ?? "data")
        case .tokenizerDifference, .tokenizerOddity, .specialTokenChanged:
            let files = ["tokenizer_config.json", "tokenizer.json", "vocab.txt"]
            let present = files.first { name in result.suspect.files.contains { $0.name == name } }
            return SARIFText.uri(result.suspect.name, present ?? "config.json")
        default:
            return SARIFText.uri(result.suspect.name, "config.json")
        }
    }
}
