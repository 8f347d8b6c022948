public import Kernels
public import Tensors

/// AdamW over all parameters that are trained (Loshchilov and Hutter 2019), with the word embeddings updated lazily.
///
/// A row that no batch reads still shrinks by weight decay and still moves by its momentum. Those steps are made up
/// exactly, one after the other, before the row is next read: the bits are those of dense AdamW.
public final class AdamW {
    /// Which parameters decay.
    public enum DecayRule: String, Sendable, Codable {
        /// Matrices and embeddings; not normalisation weights and biases.
        case matrices
        case all
    }

    /// The optimiser's constants.
    public struct Options: Sendable, Equatable {
        public var beta1 = 0.9
        public var beta2 = 0.999
        public var epsilon = 1e-8
        public var weightDecay = 0.01
        public var decay = DecayRule.matrices

        public init() {}
    }

    private let parameters: Parameters
    private let table: Parameter?
    private let options: Options
    private let workers: Workers
    private let first: FloatBuffer
    private let second: FloatBuffer
    private var history: [AdamWStep] = []
    /// Steps that were made before the state was restored.
    private var stepsBefore = 0
    /// Steps that each row of the table has seen.
    private var seen: [Int]
    /// Rows of the table that have had a gradient; the moments of the others are zero, and are never touched.
    private var hasMoments: [Bool]
    private let dense: [(range: Range<Int>, decay: Bool)]

    /// - Parameters:
    ///   - parameters: updated in place.
    ///   - table: the word embeddings, whose rows are brought up to date when they are read; nil where none are trained.
    ///   - workers: who does the flat loops.
    public init(_ parameters: Parameters, table: Parameter?, options: Options, workers: Workers) {
        self.parameters = parameters
        self.table = table
        self.options = options
        self.workers = workers
        first = FloatBuffer(count: parameters.layout.count)
        second = FloatBuffer(count: parameters.layout.count)
        seen = [Int](repeating: 0, count: table?.rows ?? 0)
        hasMoments = [Bool](repeating: false, count: table?.rows ?? 0)
        dense = parameters.layout.parameters.filter { $0.offset != table?.offset }.flatMap { parameter in
            parameter.range.blocks(of: 1 << 16).map { ($0, options.decay == .all || parameter.decays) }
        }
    }

    /// Steps made so far.
    public var steps: Int { stepsBefore + history.count }

    /// Brings the rows that a batch is about to read up to date.
    public func prepare(rows: Set<Int32>) {
        if table != nil { catchUp(rows.map(Int.init).sorted()) }
    }

    /// Makes one step with the reduced gradients.
    ///
    /// - Parameters:
    ///   - gradients: of the whole batch; its touched rows were prepared.
    ///   - learningRate: of this step.
    ///   - scale: the clipping factor.
    public func step(_ gradients: Gradients, learningRate: Double, scale: Double) {
        let t = Double(steps + 1)
        let step = AdamWStep(
            learningRate: Float(learningRate), beta1: Float(options.beta1), beta2: Float(options.beta2),
            epsilon: Float(options.epsilon), weightDecay: Float(options.weightDecay),
            firstCorrection: Float(1 - power(options.beta1, t)), secondCorrection: Float(1 - power(options.beta2, t)),
            gradientScale: Float(scale))
        let rows = (table.flatMap { gradients.touchedRows[$0.offset] } ?? []).map(Int.init).sorted()
        let ranges = dense + rows.map { (rowRange($0), true) }
        let chunks = stride(from: 0, to: ranges.count, by: 32).map { ranges[$0..<min($0 + 32, ranges.count)] }
        workers.forEach(chunks.count) { index, context in
            for (range, decay) in chunks[index] {
                context.adamW(
                    step, decay: decay, range: range, parameters: parameters.values, gradients: gradients.values,
                    first: first, second: second)
            }
        }
        history.append(step)
        for row in rows { (seen[row], hasMoments[row]) = (steps, true) }
    }

    /// Brings every row up to date, at the end of training.
    public func finish() { catchUp(Array(seen.indices)) }

    /// The moments, mirroring the parameters; complete after `finish`.
    var moments: (first: FloatBuffer, second: FloatBuffer) { (first, second) }

    /// Goes on after `steps` steps whose moments were put into `moments`.
    func resume(after steps: Int) {
        (stepsBefore, history) = (steps, [])
        seen = [Int](repeating: steps, count: seen.count)
        hasMoments = seen.indices.map { row in rowRange(row).contains { second.pointer[$0] != 0 } }
    }

    private func catchUp(_ rows: [Int]) {
        let end = steps
        let late = rows.filter { seen[$0] < end }
        let chunks = stride(from: 0, to: late.count, by: 256).map { late[$0..<min($0 + 256, late.count)] }
        let (from, hasMoments) = (seen, hasMoments)
        workers.forEach(chunks.count) { index, context in
            for row in chunks[index] {
                let missed = history[(from[row] - stepsBefore)...]
                if hasMoments[row] {
                    context.adamWCatchUp(
                        missed, decay: true, range: rowRange(row), parameters: parameters.values, first: first,
                        second: second)
                } else {
                    context.adamWCatchUp(
                        missed, decay: true, untouched: rowRange(row), parameters: parameters.values)
                }
            }
        }
        for row in late { seen[row] = end }
    }

    private func rowRange(_ row: Int) -> Range<Int> {
        guard let table else { return 0..<0 }
        return table.slice(rows: row..<row + 1).range
    }
}
