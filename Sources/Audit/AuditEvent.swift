/// What happens while an audit runs, for a progress bar or log lines.
public enum AuditEvent: Sendable, Equatable {
    case began(stage: String)
    /// Share of the stage that is done, 0 to 1, and what is being done.
    case progressed(stage: String, share: Double, detail: String)
    case finished(stage: String, seconds: Double, cached: Bool)
}
