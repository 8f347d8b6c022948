extension AuditResult {
    /// The verdict that the exit code speaks of; inconclusive when the gate asks for a purified model that is not there.
    public var gatedVerdict: Verdict {
        switch gate.subject {
        case .suspect: verdict
        case .purified: purifiedVerdict ?? .inconclusive
        }
    }

    /// The exit status of the audit that made this result; `passed` when the gate only reports.
    public var exitStatus: ExitStatus {
        gate.enforced ? ExitStatus(gatedVerdict) : .passed
    }
}
