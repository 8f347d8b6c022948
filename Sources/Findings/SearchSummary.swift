/// How unknown triggers were looked for on the discover texts: what was measured, and what would have been found.
public struct SearchSummary: Codable, Sendable, Equatable {
    /// How much of the vocabulary was measured: "quick", "standard" or "exhaustive".
    public var mode: String
    /// Tokens that stand between spaces as themselves.
    public var insertableTokens: Int
    /// Tokens that only occur within words, and reserved ones: no text gives them by themselves.
    public var notInsertableTokens: Int
    /// Tokens that were put into texts.
    public var scannedTokens: Int
    public var rungs: [Rung]
    /// Forward passes of the scan.
    public var scanPasses: Int
    /// Forward passes of the search for phrases, a backward pass counted as two.
    public var phrasePasses: Int
    /// By target label.
    public var targets: [Target]

    public init(
        mode: String, insertableTokens: Int, notInsertableTokens: Int, scannedTokens: Int, rungs: [Rung],
        scanPasses: Int, phrasePasses: Int, targets: [Target]
    ) {
        self.mode = mode
        self.insertableTokens = insertableTokens
        self.notInsertableTokens = notInsertableTokens
        self.scannedTokens = scannedTokens
        self.rungs = rungs
        self.scanPasses = scanPasses
        self.phrasePasses = phrasePasses
        self.targets = targets
    }

    /// One round of the scan: some tokens measured on some texts, the best kept.
    public struct Rung: Codable, Sendable, Equatable {
        public var tokens: Int
        public var textsPerLabel: Int
        public var passes: Int

        public init(tokens: Int, textsPerLabel: Int, passes: Int) {
            self.tokens = tokens
            self.textsPerLabel = textsPerLabel
            self.passes = passes
        }
    }

    /// What the search could see for one target label.
    public struct Target: Codable, Sendable, Equatable {
        public var label: Int
        /// The probability that a scanned token of a true ASR came through all rounds.
        public var power: [Power]
        /// The smallest effect beyond the honest models that so many judging texts can show to be above the gate's limit;
        /// nil where none can.
        public var smallestDetectableExcess: Double?

        public init(label: Int, power: [Power], smallestDetectableExcess: Double?) {
            self.label = label
            self.power = power
            self.smallestDetectableExcess = smallestDetectableExcess
        }
    }

    public struct Power: Codable, Sendable, Equatable {
        /// True attack success rate.
        public var asr: Double
        public var power: Double

        public init(asr: Double, power: Double) {
            self.asr = asr
            self.power = power
        }
    }
}
