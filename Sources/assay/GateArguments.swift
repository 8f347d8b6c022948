import ArgumentParser
import Audit
import Checkpoints
import Findings
import Reports

/// What the gate is judged by, shared by the commands that have one.
struct GateArguments: ParsableArguments {
    @Option(help: "Policy of the gate, YAML; \"assay policy init\" writes one.", completion: .file()) var policy:
        String?
    @Option(
        help: "File of failures accepted in writing, in addition to those of the policy; YAML.", completion: .file())
    var suppressions: String?
    @Option(help: "An earlier result.json: fail only on what is new or worse.", completion: .file()) var baseline:
        String?

    /// - Parameter enforced: whether a failure decides the exit code.
    func options(enforced: Bool) throws -> GateOptions {
        var options = GateOptions()
        options.policy = policy
        options.suppressions = suppressions
        options.enforced = enforced
        options.baseline = try baseline.map { path in
            let file = try InputFile(path: path)
            let bytes = try file.bytes()
            return Baseline(try ReportWriter.readJSON(bytes, file: path), bytes: bytes, path: path)
        }
        return options
    }
}

/// The value of `--fail-on`.
enum FailOn: String, ExpressibleByArgument, CaseIterable { case gate, never }
