public import Kernels
public import Tensors

/// The steps of one training: shards, their gradients, clipping and the optimiser.
///
/// Each batch is cut into a fixed number of shards, balanced by tokens; each shard runs forward and backward on one
/// worker without a barrier inside, and the gradients are summed in the shards' order. So the bits are the same for
/// any number of threads.
public final class TrainingRun {
    /// Shards of one batch.
    public static let shards = 2

    /// Changes a batch's gradient before the optimiser's step; the ranges are all that hold one.
    public typealias Adjustment = (_ gradient: FloatBuffer, _ ranges: [Range<Int>]) -> Void

    /// What the optimiser changes: all parameters of the model, or its adapters.
    let trained: Parameters
    private let parameters: Parameters
    private let adapters: LowRankAdapters?
    private let optimizer: AdamW
    private let workers: Workers
    private let gradients: [Gradients]
    private let clipNorm: Double?
    private let dropoutSeed: UInt64?
    private let rounded: RoundedWeights?
    private let weights: ProductWeights
    private let accumulation: Int

    /// - Parameters:
    ///   - parameters: trained in place, unless there are adapters.
    ///   - table: the word embeddings.
    ///   - adapters: trained in place of the parameters, which stay as they are.
    ///   - clipNorm: longest gradient; nil leaves it as it is.
    ///   - dropoutSeed: nil switches dropout off.
    ///   - precision: of the matrix products; weights, gradients, moments and norms are f32 in either case.
    ///   - accumulation: parts that a shard is run in, one after the other, to save memory.
    public init(
        _ parameters: Parameters, table: Parameter, adapters: LowRankAdapters? = nil, optimizer: AdamW.Options,
        clipNorm: Double?, dropoutSeed: UInt64?, precision: Precision = .f32, accumulation: Int = 1, workers: Workers
    ) {
        self.parameters = parameters
        self.adapters = adapters
        let trained = adapters?.parameters ?? parameters
        self.trained = trained
        self.optimizer = AdamW(
            trained, table: adapters == nil ? table : nil, options: optimizer, workers: workers)
        self.workers = workers
        self.clipNorm = clipNorm
        self.dropoutSeed = dropoutSeed
        self.accumulation = max(1, accumulation)
        let isRounded = precision == .bf16 && adapters == nil
        rounded = isRounded ? RoundedWeights(parameters, except: table, workers: workers) : nil
        weights =
            adapters == nil
            ? rounded.map { .rounded($0) } ?? .plain : .packed(PackedWeights(parameters, precision: precision))
        gradients = (0..<Self.shards).map { _ in Gradients(layout: trained.layout) }
    }

    /// One step on one batch.
    ///
    /// - Parameters:
    ///   - lengths: tokens of each item, for balancing.
    ///   - rows: word-embedding rows that the batch reads.
    ///   - adjust: changes the gradient first.
    ///   - loss: runs some items on a tape and returns their share of the mean loss.
    /// - Returns: the batch's mean loss before the step, in nats.
    public func step(
        lengths: [Int], rows: Set<Int32>, learningRate: Double, adjust: Adjustment? = nil,
        loss: (Tape, [Int]) -> Double
    ) -> Double {
        optimizer.prepare(rows: rows)
        let (mean, norm) = backward(lengths: lengths, loss: loss)
        adjust?(gradient, gradients[0].ranges)
        let scale = clipNorm.map { min(1, $0 / (norm + 1e-6)) } ?? 1
        optimizer.step(gradients[0], learningRate: learningRate, scale: scale)
        rounded?.refresh(workers)
        return mean
    }

    /// Mean loss of a batch and the norm of its gradient, which is left in `gradient`.
    public func backward(lengths: [Int], loss: (Tape, [Int]) -> Double) -> (loss: Double, norm: Double) {
        let shards = Self.balanced(lengths)
        var losses = [Double](repeating: 0, count: shards.count)
        losses.withUnsafeMutableBufferPointer { losses in
            nonisolated(unsafe) let losses = losses
            workers.forEach(shards.count) { shard, context in
                gradients[shard].begin()
                for (part, items) in parts(shards[shard]).enumerated() {
                    let tape = Tape(
                        context: context, parameters: parameters, gradients: gradients[shard], adapters: adapters,
                        dropoutKey: dropoutKey(shard, part), weights: weights)
                    losses[shard] += loss(tape, items)
                    tape.backward()
                }
                gradients[shard].finish()
            }
        }
        let norm = gradients[0].reduce(adding: Array(gradients.dropFirst()), workers: workers)
        return (losses.reduce(0, +), norm)
    }

    /// A tape that records nothing, over the values as they are now.
    func inferenceTape(_ context: ComputeContext) -> Tape {
        Tape(context: context, parameters: parameters, adapters: adapters, weights: weights)
    }

    private func dropoutKey(_ shard: Int, _ part: Int) -> UInt64? {
        let place = "dropout/\(steps)/\(shard)" + (part == 0 ? "" : "/\(part)")
        return dropoutSeed.map { CounterRandom(seed: $0, stream: place).key }
    }

    /// A shard's items, cut into the parts that are run one after the other.
    private func parts(_ items: [Int]) -> [[Int]] {
        let size = max(1, (items.count + accumulation - 1) / accumulation)
        return stride(from: 0, to: items.count, by: size).map { Array(items[$0..<min($0 + size, items.count)]) }
    }

    /// Steps made so far.
    var steps: Int { optimizer.steps }

    /// The optimiser's moments, mirroring the parameters; complete after `finish`.
    var moments: (first: FloatBuffer, second: FloatBuffer) { optimizer.moments }

    /// Goes on after `steps` steps whose parameters and moments have been put in place.
    func resume(after steps: Int) {
        optimizer.resume(after: steps)
        rounded?.refresh(workers)
    }

    /// The gradient of the last batch, mirroring the trained parameters.
    public var gradient: FloatBuffer { gradients[0].values }

    /// Brings rows that were not read lately up to date; to be called once, at the end.
    public func finish() { optimizer.finish() }

    /// Items by shard: the longest first, each to the shard with the fewest tokens so far.
    static func balanced(_ lengths: [Int]) -> [[Int]] {
        var shards = [[Int]](repeating: [], count: shards)
        var tokens = [Int](repeating: 0, count: Self.shards)
        for item in lengths.indices.sorted(by: { (lengths[$1], $0) < (lengths[$0], $1) }) {
            let lightest = tokens.indices.min { tokens[$0] < tokens[$1] } ?? 0
            shards[lightest].append(item)
            tokens[lightest] += lengths[item]
        }
        return shards.map { $0.sorted() }
    }
}
