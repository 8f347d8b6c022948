extension AuditResult {
    /// The verdicts that the gate's rules give; the stored ones agree unless somebody changed the result.
    public var judged: (verdict: Verdict, purified: Verdict?) {
        let hasPurified = purifiedVerdict != nil || !gate.purifiedRules.isEmpty
        return (Verdict(of: gate.rules), hasPurified ? Verdict(of: gate.purifiedRules) : nil)
    }
}
