/// Fine-mixing with E-PUR: what was tried and what was chosen.
public struct RemedySummary: Codable, Sendable, Equatable {
    /// The chosen reserve ratio: the share of elements kept from the suspect.
    public var rho: Double
    /// False when no ratio kept the clean accuracy, and ρ = 1 was taken.
    public var qualified: Bool
    /// Clean accuracy that may be lost, as a fraction.
    public var tolerance: Double
    /// One sentence about the choice and its uncertainty.
    public var explanation: String
    public var curve: [RhoCell]
    /// Tensors kept from the suspect because the base lacks them, raw names.
    public var keptFromSuspect: [String]
    /// Embedding rows reset by E-PUR; 0 with E-PUR off.
    public var rowsReset: Int
    /// Tensors that were mixed.
    public var tensorsMixed: Int
    public var steps: Int

    public init(
        rho: Double, qualified: Bool, tolerance: Double, explanation: String, curve: [RhoCell],
        keptFromSuspect: [String], rowsReset: Int, tensorsMixed: Int, steps: Int
    ) {
        self.rho = rho
        self.qualified = qualified
        self.tolerance = tolerance
        self.explanation = explanation
        self.curve = curve
        self.keptFromSuspect = keptFromSuspect
        self.rowsReset = rowsReset
        self.tensorsMixed = tensorsMixed
        self.steps = steps
    }
}

/// One reserve ratio of the grid.
public struct RhoCell: Codable, Sendable, Equatable {
    public var rho: Double
    /// Nil when the search did not need this cell: "not run".
    public var outcome: Outcome?
    public var chosen: Bool

    /// What fine-tuned mixes did on texts that they did not learn from.
    public struct Outcome: Codable, Sendable, Equatable {
        public var accuracy: Rate
        public var logLoss: Double
        /// Suspect's accuracy − this one's, paired.
        public var loss: Difference
        /// `loss` smoothed to be monotone in ρ: what the choice rests on.
        public var smoothedLoss: Double
        public var qualifies: Bool

        public init(accuracy: Rate, logLoss: Double, loss: Difference, smoothedLoss: Double, qualifies: Bool) {
            self.accuracy = accuracy
            self.logLoss = logLoss
            self.loss = loss
            self.smoothedLoss = smoothedLoss
            self.qualifies = qualifies
        }
    }

    public init(rho: Double, outcome: Outcome?, chosen: Bool) {
        self.rho = rho
        self.outcome = outcome
        self.chosen = chosen
    }
}
