/// Foretells times: by the calibration, corrected by what such work has taken so far.
struct Estimator: Sendable {
    let calibration: Calibration
    private var foretold: [String: Double] = [:]
    private var taken: [String: Double] = [:]

    init(_ calibration: Calibration) { self.calibration = calibration }

    /// Learns from work that is done.
    ///
    /// - Parameter kind: work of one kind is off by one factor.
    mutating func observe(_ kind: String, _ work: Work, seconds: Double) {
        foretold[kind, default: 0] += calibration.seconds(work)
        taken[kind, default: 0] += seconds
    }

    /// Seconds that work of a kind should take; a kind that was not seen yet is corrected as all others together.
    func seconds(_ kind: String, _ work: Work) -> Double {
        let plain = calibration.seconds(work)
        if let expected = foretold[kind], let actual = taken[kind], expected > 0 { return plain * actual / expected }
        let (expected, actual) = (foretold.values.reduce(0, +), taken.values.reduce(0, +))
        return expected > 0 ? plain * actual / expected : plain
    }
}

extension PlannedCell {
    /// Kind of work, for estimates.
    var kind: String { id.treatment?.title ?? "before" }
}

extension PlannedSuspect {
    /// Kind of work, for estimates.
    var kind: String { "training" }
}
