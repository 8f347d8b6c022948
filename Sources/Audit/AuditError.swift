public import Findings

/// Why an audit gave no verdict: one sentence for a person, and the exit status.
public struct AuditError: Error, Sendable, Equatable, CustomStringConvertible {
    public let status: ExitStatus
    /// Names the file and says what to do.
    public let description: String

    public init(_ status: ExitStatus = .untrustworthy, _ description: String) {
        self.status = status
        self.description = description
    }
}
