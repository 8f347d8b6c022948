/// What changed since an earlier result: with a baseline, the gate fails only on what is new or worse.
///
/// A rule that cannot be decided leaves no verdict, with a baseline as without one.
public struct BaselineComparison: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        /// Fails now and did not in the baseline.
        case new
        /// Failed before, and is beyond what the baseline's uncertainty allows now.
        case worse
        /// Failed before as well, and is not worse.
        case unchanged
        /// Failed before, not now.
        case fixed
    }

    /// Which list an entry is from.
    public enum Part: String, Codable, Sendable, CaseIterable { case gate, purifiedGate, findings }

    /// One failure of the gate or one finding, in the baseline, now or in both.
    public struct Entry: Codable, Sendable, Equatable {
        public var part: Part
        public var code: RuleCode
        /// The trigger, tensor or file concerned, raw.
        public var subject: String?
        /// Label index that a trigger is measured to produce.
        public var target: Int?
        public var status: Status
        /// Nil for findings, which have no value.
        public var unit: GateRule.Unit?
        public var before: Double?
        public var now: Double?

        public init(
            part: Part, code: RuleCode, subject: String?, target: Int?, status: Status, unit: GateRule.Unit?,
            before: Double?, now: Double?
        ) {
            self.part = part
            self.code = code
            self.subject = subject
            self.target = target
            self.status = status
            self.unit = unit
            self.before = before
            self.now = now
        }
    }

    /// The earlier result.json.
    public var file: FileDigest
    /// Name and digest of the model that it is about.
    public var suspect: String
    public var suspectSHA256: String
    /// The gate's word on that model then.
    public var verdict: Verdict
    /// What is new first, then what is worse, unchanged and fixed.
    public var entries: [Entry]

    public init(file: FileDigest, suspect: String, suspectSHA256: String, verdict: Verdict, entries: [Entry]) {
        self.file = file
        self.suspect = suspect
        self.suspectSHA256 = suspectSHA256
        self.verdict = verdict
        self.entries = entries
    }

    /// Number of entries of one status.
    public func count(_ status: Status) -> Int { entries.count { $0.status == status } }
}
