import ArgumentParser
import Files
import Findings
import Reports

#if canImport(Glibc)
    import Glibc
#endif

/// Where commands write for people.
enum Console {
    /// Writes to standard output.
    static func out(_ text: String) { write(text, to: 1) }

    /// Writes to standard error.
    static func error(_ text: String) { write(text, to: 2) }

    /// Whether progress may be drawn over on standard error.
    static var errorIsTerminal: Bool { isTerminal(2) }

    /// Whether a descriptor is a terminal that understands control sequences.
    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && Colours.variable("TERM") != "dumb"
    }

    /// Runs a command's work; a failure becomes one sentence and an exit status.
    ///
    /// - Parameter verdict: whether the last line on standard error names a verdict.
    static func run(verdict: Bool = false, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            let status = (error as? AuditError)?.status ?? .untrustworthy
            Self.error("assay: " + TerminalText.escape("\(error)") + "\n")
            if verdict { Self.error("verdict=\(Verdict.inconclusive.rawValue) exit=\(status.rawValue)\n") }
            throw ExitCode(status.rawValue)
        }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
