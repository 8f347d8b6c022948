public import Kernels

/// What the user asked `assay purify` for.
public struct PurifyOptions: Sendable {
    public var suspect: String
    public var base: String
    public var data: String
    public var method: RemedyMethod
    /// Folder for the purified model.
    public var output: String
    /// Reset the anomalous rows of the word embeddings and leave the others as they are.
    public var epur = true
    /// Reserve ratios to try, rising; a single one is applied as it is, without a search. Nil takes the method's grid.
    public var rho: [Double]?
    /// Try every ratio, not only as many as the choice needs.
    public var rhoCurve = false
    /// Accuracy that a ratio may cost: τ.
    public var tolerance = Policy().remedyTolerance
    public var frequencies: String?
    /// Folder of saved stages.
    public var work: String?
    public var epochs = PurificationDefaults.epochs
    public var learningRate = PurificationDefaults.learningRate
    public var batchSize = PurificationDefaults.batchSize
    public var seed: UInt64 = 0
    public var maxLength: Int?
    public var threads: Int
    /// Of the matrix products in fine-tuning and in judging.
    public var precision = Precision.f32

    public init(suspect: String, base: String, data: String, method: RemedyMethod, output: String, threads: Int) {
        self.suspect = suspect
        self.base = base
        self.data = data
        self.method = method
        self.output = output
        self.threads = threads
    }

    /// Reserve ratios to try.
    var grid: [Double] { rho ?? method.defaultGrid }

    /// The only reserve ratio, where there is no choice.
    var fixedRatio: Double? { grid.count == 1 ? grid[0] : nil }
}
