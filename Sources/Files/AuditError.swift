public import Findings

/// Why an audit gave no verdict: one sentence for a person, and the exit status.
public struct AuditError: Error, Sendable, Equatable, CustomStringConvertible {
    public let status: ExitStatus
    /// Names the file and says what to do.
    public let description: String

    /// An audit that cannot give a verdict: exit 2.
    public init(_ description: String) {
        status = .untrustworthy
        self.description = description
    }

    /// A command that was called wrongly: exit 64.
    public init(usage description: String) {
        status = .usage
        self.description = description
    }
}
