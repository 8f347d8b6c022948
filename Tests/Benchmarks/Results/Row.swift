/// One line of the results: what was measured, against what, and whether the target is reached.
struct Row: Codable, Sendable {
    /// Which table the row belongs to.
    enum Table: String, Codable, Sendable, CaseIterable {
        /// Jobs with a target.
        case targets
        /// What the machine can do at all.
        case limits
    }

    enum Unit: String, Codable, Sendable {
        case tokensPerSecond = "tokens/s"
        case seconds = "s"
        case milliseconds = "ms"
        case megabytes = "MB"
        case gigabytesPerSecond = "GB/s"
        case gigaflops = "GFLOP/s"

        /// Whether less time was better: the ratio is then the other's over ours.
        var isTime: Bool { self == .seconds || self == .milliseconds }
    }

    /// What asked for the row.
    var kind: JobKind?
    var table = Table.targets
    var job: String
    var model: String?
    var precision: String?
    var threads: Int?
    var unit: Unit
    /// What ours is compared with, such as the peer in one mode.
    var against: String?
    var ours: Sample?
    var peer: Sample?
    /// How many times faster ours is; of memory and of shares of a limit, ours over the other.
    var ratio: Ratio?
    /// Whether the ratio is a share of a limit or of the peer's need rather than a factor.
    var isShare: Bool
    var target: Target?
    /// Nil where something was not measured.
    var reached: Bool?

    /// - Parameters:
    ///   - ours: measurements by rounds; nil where there are none.
    ///   - peer: measurements of the same rounds.
    ///   - isShare: whether the ratio is read as a share; a target of that kind says so by itself.
    init(
        _ job: String, unit: Unit, ours: [Double]?, against: String? = nil, peer: [Double]? = nil,
        target: Target? = nil, isShare: Bool = false
    ) {
        self.job = job
        self.unit = unit
        self.against = against
        self.target = target
        self.isShare = isShare || target?.quantity == .share
        self.ours = ours.flatMap { Sample($0) }
        self.peer = peer.flatMap { Sample($0) }
        if let ours, let peer {
            ratio = unit.isTime ? Ratio(peer, over: ours) : Ratio(ours, over: peer)
        }
        reached = target.flatMap { $0.isReached(value: self.ours?.median, ratio: ratio?.value) }
    }

    /// The row with the columns that its neighbours share.
    func labelled(model: String? = nil, precision: String? = nil, threads: Int? = nil, table: Table? = nil) -> Row {
        var row = self
        row.model = model ?? row.model
        row.precision = precision ?? row.precision
        row.threads = threads ?? row.threads
        row.table = table ?? row.table
        return row
    }

    /// The row of a job.
    func asked(for kind: JobKind) -> Row {
        var row = self
        row.kind = kind
        return row
    }
}

/// What a row must come to.
struct Target: Codable, Sendable {
    enum Quantity: String, Codable, Sendable {
        /// Ratio as a factor.
        case factor
        /// Ratio as a share of one.
        case share
        /// Our own median.
        case value
    }

    let quantity: Quantity
    let bound: Double
    /// Whether the bound is the most that is allowed; otherwise the least.
    let isUpper: Bool

    /// At least so many times faster.
    static func factor(_ bound: Double) -> Target { Target(quantity: .factor, bound: bound, isUpper: false) }
    /// At least such a share of a limit.
    static func share(atLeast bound: Double) -> Target { Target(quantity: .share, bound: bound, isUpper: false) }
    /// At most such a share of the peer's.
    static func share(atMost bound: Double) -> Target { Target(quantity: .share, bound: bound, isUpper: true) }
    /// At most so much, whatever the peer needs.
    static func value(atMost bound: Double) -> Target { Target(quantity: .value, bound: bound, isUpper: true) }

    func isReached(value: Double?, ratio: Double?) -> Bool? {
        (quantity == .value ? value : ratio).map { isUpper ? $0 <= bound : $0 >= bound }
    }
}
