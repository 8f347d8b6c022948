import Checkpoints
import Findings

extension FolderInspection {
    /// The gate of a scan.
    func rules(_ policy: Policy) -> [GateRule] {
        let input = GateInput(
            policy: policy, subject: .suspect, weights: .none, probes: nil, labels: labels, concerns: concerns)
        let checks: [any GateCheck] = [QuantizationCheck(), WeightRangeCheck(), LabelNamesCheck()]
        return [codeRule(policy), readRule(policy), finiteRule] + checks.compactMap { $0.evaluate(input) }
    }

    private func codeRule(_ policy: Policy) -> GateRule {
        let passed = code.count <= policy.customCode
        return GateRule(
            code: .customCode, title: "Pieces of code in the folder", subject: passed ? nil : code.first,
            value: Double(code.count), interval: nil, limit: Double(policy.customCode), unit: .count, n: nil,
            state: passed ? .passed : .failed,
            explanation: passed
                ? "Loading the model runs nothing that came with it." : "Loading the model elsewhere may run it.")
    }

    private func readRule(_ policy: Policy) -> GateRule {
        let unread = refused + foreign
        let passed = refused.isEmpty && foreign.count <= policy.unreadFiles && tensors > 0
        let explanation =
            if let first = refused.first {
                "It cannot be read: \(first.reason)."
            } else if foreign.count > policy.unreadFiles {
                "Assay does not read what others may load here."
            } else if tensors == 0 {
                "There are no weights in this folder that Assay reads."
            } else {
                "Every file that others load as weights was read."
            }
        return GateRule(
            code: .unreadFile, title: "Model files that could not be read", subject: passed ? nil : unread.first?.file,
            value: Double(unread.count), interval: nil, limit: Double(policy.unreadFiles), unit: .count, n: nil,
            state: passed ? .passed : .inconclusive, explanation: explanation)
    }

    private var finiteRule: GateRule {
        GateRule(
            code: .nonFinite, title: "Tensors with NaN or infinity", subject: nonFinite.first,
            value: Double(nonFinite.count), interval: nil, limit: 0, unit: .count, n: nil,
            state: nonFinite.isEmpty ? .passed : .failed,
            explanation: nonFinite.isEmpty
                ? "Every element that was read is a number." : "A model with such weights cannot be run.")
    }

    /// The folder as the report shows it.
    var summary: ModelSummary {
        ModelSummary(
            name: path.split(separator: "/").last.map(String.init) ?? path, architecture: architecture,
            parameterCount: parameters, tensorCount: tensors, labels: labels, files: files,
            sha256: FileDigest.digest(of: files))
    }

    /// Most severe first.
    var findings: [Finding] {
        var findings: [Finding] = []
        func add(_ code: RuleCode, _ severity: Finding.Severity, _ message: String, _ evidence: [Evidence]) {
            if !evidence.isEmpty {
                findings.append(
                    Finding(code: code, severity: severity, message: message, evidence: Array(evidence.prefix(200))))
            }
        }
        add(
            .customCode, code.isEmpty ? .low : .high,
            "Pieces of code or templates that came with the model, none of which was run: "
                + "\(code.count + chatTemplates.count).",
            (code + chatTemplates).map { Evidence(label: "file", value: $0) })
        add(
            .unreadFile, .high, "Files that cannot be read: \(refused.count).",
            refused.map { Evidence(label: $0.file, value: $0.reason) })
        add(
            .unreadFile, .medium, "Files of formats that Assay does not read and others load: \(foreign.count).",
            foreign.map { Evidence(label: $0.file, value: $0.reason) })
        add(
            .nonFinite, .high, "Tensors that hold NaN or infinity: \(nonFinite.count).",
            nonFinite.map { Evidence(label: "tensor", value: $0) })
        add(
            .weightFileNote, .low, "Unusual things about the files of weights: \(weightNotes.count).",
            weightNotes.map { Evidence(label: "note", value: $0) })
        add(
            .tokenizerOddity, .low, "Entries of the tokenizer to look at: \(oddities.count).", oddities.map(\.evidence))
        findings += FindingsList.loading(concerns)
        return findings.sorted { $0.severity > $1.severity }
    }

    /// What a scan looked at, and that it compared and ran nothing.
    var coverage: [CoverageItem] {
        let hashed = unknown + refused.count + foreign.count + listing.notFiles.count + listing.skipped.count
        return [
            CoverageItem(
                subject: "Files", state: hashed == 0 ? .examined : .partly,
                detail: "\(files.count) files hashed; \(refused.count + foreign.count) of them could not be read, "
                    + "\(unknown) are of kinds that Assay does not know, \(listing.notFiles.count) links or special "
                    + "files were not opened, \(listing.skipped.count) folders of version control or caches not entered."
            ),
            CoverageItem(
                subject: "Weights", state: tensors == 0 ? .skipped : unreadTensors == 0 ? .examined : .partly,
                detail: "\(tensors) tensors were read for NaN and infinity, \(unreadTensors) are of types that Assay "
                    + "does not read. Their values were compared with nothing."),
            CoverageItem(
                subject: "Tokenizer", state: hasTokenizer ? .examined : .skipped,
                detail: hasTokenizer
                    ? "Its entries were read; without the base's tokenizer a swap cannot be seen."
                    : "There is none that Assay can read."),
            CoverageItem(
                subject: "Comparison with a base", state: .skipped,
                detail: "A scan has no base: nothing is known of what fine-tuning changed. assay diff compares."),
            CoverageItem(
                subject: "Trigger probes", state: .skipped,
                detail: "A scan runs no model: nothing is known of triggers. assay audit probes for them."),
        ]
    }
}

extension WeightComparison {
    /// Of a folder that was compared with nothing.
    fileprivate static let none = WeightComparison(
        tensors: [], unmatched: [], nonFinite: [], medianCosine: nil, shareChanged: 0, configDifferences: [],
        tokenizerDifferences: [])
}
