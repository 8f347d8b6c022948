public import Findings
public import Probes

/// A probe to be judged, where it came from and what it is held to do. It keeps its identity from the search to the
/// report.
public struct Candidate: Hashable, Sendable {
    public let probe: Probe
    public let source: TriggerResult.Source
    /// Targets that it may lead to; nil is every target.
    public let targets: [Int]?

    public init(_ probe: Probe, source: TriggerResult.Source, targets: [Int]? = nil) {
        (self.probe, self.source, self.targets) = (probe, source, targets)
    }

    /// The targets that it is judged for, of so many.
    public func targets(of count: Int) -> [Int] { targets ?? Array(0..<count) }
}
