import ArgumentParser
import Findings
import Reports

/// How a command with a gate ends: what was accepted, then the status line, then the exit code.
enum Conclusion {
    static func end(_ result: AuditResult) throws {
        for line in AcceptanceLines.all(result) { Console.error(line + "\n") }
        Console.error(AuditSummary.statusLine(result) + "\n")
        if result.exitStatus != .passed { throw ExitCode(result.exitStatus.rawValue) }
    }
}
