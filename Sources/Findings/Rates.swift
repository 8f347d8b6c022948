/// A confidence interval, in the units of its estimate.
public struct Interval: Codable, Sendable, Equatable {
    public var lower: Double
    public var upper: Double

    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }
}

/// A share of `n` distinct texts, with its 95 % Wilson interval. Shares are fractions, 0 to 1.
public struct Rate: Codable, Sendable, Equatable {
    public var value: Double
    public var n: Int
    public var interval: Interval

    public init(value: Double, n: Int, interval: Interval) {
        self.value = value
        self.n = n
        self.interval = interval
    }
}

/// A difference of two shares on the same texts, with its paired Newcombe interval, or of a share and a fixed level, with
/// its Wilson interval less that level.
public struct Difference: Codable, Sendable, Equatable {
    public var value: Double
    public var interval: Interval

    public init(value: Double, interval: Interval) {
        self.value = value
        self.interval = interval
    }
}

/// Clean accuracy, overall and by true label.
public struct Accuracy: Codable, Sendable, Equatable {
    public var overall: Rate
    /// Indexed by label.
    public var perClass: [Rate]
    /// Mean negative log-likelihood of the true label, in nats.
    public var logLoss: Double

    public init(overall: Rate, perClass: [Rate], logLoss: Double) {
        self.overall = overall
        self.perClass = perClass
        self.logLoss = logLoss
    }
}
