import ArgumentParser
import Audit
import Findings
import Reports

#if canImport(Glibc)
    import Glibc
#endif

/// The command line.
@main
struct Assay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Tells whether a fine-tuned language model carries a backdoor, before you deploy it.",
        discussion: """
            Compares a suspect model with the base it was fine-tuned from, probes it for triggers, removes what it can \
            by Fine-mixing, and writes a report. Exit codes: 0 gate passed, 1 gate failed, 2 no trustworthy verdict, \
            64 wrong usage.

            EXAMPLES
              assay audit vendor-model --base base-model --data clean.tsv
              assay scan vendor-model
              assay diff vendor-model --base base-model
              assay explain ASY102
            """,
        version: AuditRun.toolVersion,
        subcommands: [
            AuditCommand.self, PurifyCommand.self, DiffCommand.self, ScanCommand.self, PredictCommand.self,
            TokenizeCommand.self, GenerateCommand.self, ConvertCommand.self, ConformanceCommand.self,
            ReportCommand.self,
            TemplatesCommand.self, PolicyCommand.self, ExplainCommand.self, LabCommand.self, DocumentsCommand.self,
        ])

    /// As ArgumentParser's own, with the status line of the commands that have a gate after a wrong usage as well.
    static func main() {
        Console.prepare()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            if code == .success { Glibc.exit(printed(message + "\n").rawValue) }
            // It repeats what was typed.
            if !message.isEmpty { Console.error(TerminalText.escapeLines(message) + "\n") }
            if code == .validationFailure, hasGate, !(error is ExitCode) {
                Console.error("verdict=\(Verdict.inconclusive.rawValue) exit=\(code.rawValue)\n")
            }
            Glibc.exit(code.rawValue)
        }
    }

    /// Prints what was asked for in place of a command: help, the version, a completion script.
    private static func printed(_ text: String) -> ExitCode {
        do {
            try Console.run { try Console.out(text) }
            return .success
        } catch {
            return exitCode(for: error)
        }
    }

    private static var hasGate: Bool {
        let gated: [any ParsableCommand.Type] = [
            AuditCommand.self, DiffCommand.self, ScanCommand.self, ReportCommand.self,
        ]
        let name = CommandLine.arguments.dropFirst().first
        return gated.contains { $0.configuration.commandName == name }
    }
}
