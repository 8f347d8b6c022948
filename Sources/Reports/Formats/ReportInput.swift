public import Findings

/// What a report is made from, and nothing else: equal inputs give equal bytes.
public struct ReportInput: Sendable {
    /// What the audit found.
    public var result: AuditResult
    /// Time, memory and host; nil where the bytes have to come out the same again.
    public var run: RunRecord?
    /// When the report is said to be made, in seconds since 1970, for formats that carry a date; nil gives none.
    public var created: Int?

    /// The inputs of a report; the date is the run's start unless another is given.
    public init(_ result: AuditResult, run: RunRecord? = nil, created: Int? = nil) {
        self.result = result
        self.run = run
        self.created = created ?? run?.started
    }
}

/// One format: a pure function of what it is given, whatever the machine, locale or hour.
protocol ReportRendering {
    func bytes(of input: ReportInput) throws(ReportError) -> [UInt8]
}
