import ArgumentParser
import Audit

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
            TokenizeCommand.self, ConformanceCommand.self, ReportCommand.self, TemplatesCommand.self,
            PolicyCommand.self, ExplainCommand.self, LabCommand.self, DocumentsCommand.self,
        ])
}
