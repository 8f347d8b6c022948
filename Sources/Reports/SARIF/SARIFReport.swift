import Findings

/// report.sarif: SARIF 2.1.0 as its schema and GitHub's code scanning want it.
struct SARIFReport: ReportRendering {
    /// GitHub refuses an upload with more.
    var mostResults = 25_000

    func bytes(of input: ReportInput) -> [UInt8] {
        JSONText.bytes(of: SARIFLog(runs: [run(input)]), brokenDepth: 6)
    }

    private func run(_ input: ReportInput) -> SARIFRun {
        let result = input.result
        let findings = result.findings + Self.unreported(result)
        let shown = FindingsView.grouped(findings).flatMap(\.self).prefix(mostResults)
        let marks = Self.fingerprints(shown)
        return SARIFRun(
            tool: .init(driver: SARIFDriver(result.tool, findings: findings)),
            automationDetails: .init(id: SARIFText.uri("assay", result.kind.rawValue, result.suspect.name) + "/"),
            invocations: [Self.invocation(input, left: findings.count - shown.count)],
            artifacts: Self.artifacts(result),
            taxonomies: SARIFTaxonomy.all,
            results: zip(shown, marks).map { SARIFResult($0, in: result, fingerprint: $1) },
            properties: .init(
                verdict: result.verdict, purifiedVerdict: result.purifiedVerdict, exitStatus: result.exitStatus,
                gate: result.gate))
    }

    /// Failed gate rules of which no finding speaks, so that a failed gate is never without an alert.
    static func unreported(_ result: AuditResult) -> [Finding] {
        result.gatedRules.filter { rule in
            rule.state == .failed && !result.findings.contains { $0.code == rule.code }
        }.map { rule in
            Finding(
                code: rule.code, severity: .high, message: "\(rule.title): \(rule.explanation)",
                evidence: rule.subject.map { [Evidence(label: "subject", value: $0)] } ?? [], accepted: rule.accepted)
        }
    }

    /// A digest of each finding's rule and subjects, with a number where two are alike.
    private static func fingerprints(_ findings: some Sequence<Finding>) -> [String] {
        var seen: [String: Int] = [:]
        return findings.map { finding in
            let subjects = finding.evidence.map { "\u{0}\($0.label)\u{0}\($0.value)" }.joined()
            let digest = ResultJSON.sha256(of: Array((finding.code.rawValue + subjects).utf8)).prefix(16)
            seen[String(digest), default: 0] += 1
            return "\(digest):\(seen[String(digest), default: 1])"
        }
    }

    private static func invocation(_ input: ReportInput, left: Int) -> SARIFInvocation {
        let result = input.result
        return SARIFInvocation(
            exitCode: result.exitStatus.rawValue, exitCodeDescription: Wording.exitNote(result),
            commandLine: VisibleText.clipped(result.settings.command, to: 2000),
            startTimeUtc: input.created.flatMap(NumberText.timestamp),
            endTimeUtc: input.run.flatMap { NumberText.timestamp($0.started, plus: $0.seconds) },
            toolExecutionNotifications: notifications(result, left: left))
    }

    /// What was not decided or not examined: a file without alerts is not a clean bill.
    private static func notifications(_ result: AuditResult, left: Int) -> [SARIFInvocation.Notification] {
        let open = result.gatedRules.filter { $0.state == .inconclusive }.map { rule in
            SARIFInvocation.Notification(
                level: .warning,
                message: SARIFMessage(
                    text: SARIFText.message("\(rule.code.rawValue) \(rule.title): \(rule.explanation)")))
        }
        let skipped = result.coverage.filter { $0.state != .examined }.map { item in
            SARIFInvocation.Notification(
                level: .note,
                message: SARIFMessage(
                    text: SARIFText.message("\(item.subject), \(item.state.rawValue): \(item.detail)")))
        }
        let more = SARIFInvocation.Notification(
            level: .warning,
            message: SARIFMessage(text: "\(NumberText.grouped(left)) more findings are in the result JSON."))
        return open + skipped + (left > 0 ? [more] : [])
    }

    private static func artifacts(_ result: AuditResult) -> [SARIFArtifact] {
        func artifact(_ file: FileDigest, _ uri: String, _ role: String) -> SARIFArtifact {
            SARIFArtifact(
                location: .init(uri: uri), length: max(-1, file.size), hashes: ["sha-256": file.sha256], roles: [role])
        }
        var artifacts = result.suspect.files.map {
            artifact($0, SARIFText.uri(result.suspect.name, $0.name), "analysisTarget")
        }
        let named = "referencedOnCommandLine"
        if let base = result.base {
            artifacts += base.files.map { artifact($0, SARIFText.uri(base.name, $0.name), named) }
        }
        if let data = result.data { artifacts.append(artifact(data.file, SARIFText.uri(data.file.name), named)) }
        var seen: Set<SARIFArtifact> = []
        return artifacts.filter { seen.insert($0).inserted }
    }
}
