public import Findings
public import Testing

/// A failing case is named by its verdict instead of by the whole result.
extension AuditResult: CustomTestStringConvertible {
    public var testDescription: String { "result of \(suspect.name), \(verdict.rawValue)" }
}
