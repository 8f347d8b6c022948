import ArgumentParser
import Audit
import Checkpoints
import Files
import Reports

#if canImport(Glibc)
    import Glibc
#endif

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Write or check a policy: the limits of the gate and the failures that are accepted in writing.",
        discussion: """
            EXAMPLES
              assay policy init gate.yml
              assay policy check gate.yml
              assay audit vendor-model --base base-model --data clean.tsv --policy gate.yml
            """,
        subcommands: [PolicyInitCommand.self, PolicyCheckCommand.self])
}

struct PolicyInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write the default policy, with a comment on every limit.",
        discussion: """
            EXAMPLES
              assay policy init
              assay policy init gate.yml
              assay policy init -          (prints it)
            """)

    @Argument(help: "File to write; it may not be there yet.", completion: .file())
    var file = "assay-policy.yml"

    func run() throws {
        try Console.run {
            guard file != "-" else { return try Console.out(Policy().yaml) }
            guard access(file, F_OK) != 0 else {
                throw AuditError(usage: "\(file): there is such a file already; choose another name or delete it")
            }
            try AtomicFile.write(Array(Policy().yaml.utf8), to: file)
            try Console.out("Policy: \(TerminalText.escape(file))\n")
        }
    }
}

struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a policy file and print the limits in force and the state of each suppression.",
        discussion: """
            Exit codes: 0 it can be used, 64 it cannot.

            EXAMPLES
              assay policy check gate.yml
            """)

    @Argument(help: "The policy.", completion: .file(extensions: ["yml", "yaml"])) var file: String

    func run() throws {
        try Console.run {
            let policy = try Policy(path: file)
            for line in policy.summary(on: .today) { try Console.out(TerminalText.escape(line) + "\n") }
        }
    }
}
