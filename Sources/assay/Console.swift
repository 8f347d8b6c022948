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
    ///
    /// - Throws: `AuditError`, exit 2, when not all of it could be written.
    static func out(_ text: String) throws {
        guard let reason = write(text, to: 1) else { return }
        throw AuditError(
            "standard output cannot be written (\(reason)); free space where it goes, or keep its reader running")
    }

    /// Writes to standard error; where that fails there is nowhere left to say so.
    static func error(_ text: String) { _ = write(text, to: 2) }

    /// Makes sure that writing tells of a failure, instead of ending the program or landing in another file.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        // A file that is opened takes the lowest free number: one that was left closed is filled with a dummy that
        // cannot be used as it is meant to.
        for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
        }
    }

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

    /// Writes all of `text`; what stopped it, if anything did.
    private static func write(_ text: String, to descriptor: Int32) -> String? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let (written, number) = bytes.withUnsafeBytes { buffer in
                (Glibc.write(descriptor, buffer.baseAddress, buffer.count), errno)
            }
            if written < 0, number == EINTR { continue }
            guard written > 0 else { return String(cString: strerror(number)) }
            bytes = bytes.dropFirst(written)
        }
        return nil
    }
}
