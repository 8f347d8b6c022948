import Kernels
import Synchronization
import Tensors
import Tokenizers
import Transformers

/// How far a text drives the inputs of changed matrices along Δ's leading directions, against clean texts
/// (WeightWatch, arXiv 2508.00161).
///
/// Of each direction the highest and the lowest cosine over the text's rows is taken, as a number of standard
/// deviations beyond the clean texts' mean; a text's score is the largest of them.
struct ActivationScores {
    private let model: SequenceClassifier
    private let directions: DeltaDirections
    private let workers: Workers
    private var centre: [Double] = []
    private var spread: [Double] = []

    /// Texts of one pass.
    private static let batch = 16

    /// - Parameter clean: at least two texts, on which mean and standard deviation are taken.
    init(_ model: SequenceClassifier, directions: DeltaDirections, clean: [Encoding], workers: Workers) {
        self.model = model
        self.directions = directions
        self.workers = workers
        let features = features(clean)
        let count = Double(max(1, features.count))
        let width = features.first?.count ?? 0
        centre = (0..<width).map { f in features.reduce(0) { $0 + $1[f] } / count }
        spread = (0..<width).map { f in
            let squares = features.reduce(0) { $0 + ($1[f] - centre[f]) * ($1[f] - centre[f]) }
            return (squares / max(1, count - 1)).squareRoot()
        }
    }

    /// One score a text, in standard deviations.
    func scores(_ texts: [Encoding]) -> [Double] {
        features(texts).map { values in
            values.indices.reduce(0) { highest, f in
                spread[f] > 1e-9 ? max(highest, (values[f] - centre[f]) / spread[f]) : highest
            }
        }
    }

    /// [texts][matrix · direction · {highest, −lowest}].
    private func features(_ texts: [Encoding]) -> [[Double]] {
        let starts = Array(stride(from: 0, to: texts.count, by: Self.batch))
        let results = Mutex([[[Double]]](repeating: [], count: starts.count))
        workers.forEach(starts.count) { index, context in
            let part = Array(texts[starts[index]..<min(starts[index] + Self.batch, texts.count)])
            let features = features(part, context)
            results.withLock { $0[index] = features }
        }
        return results.withLock { $0.flatMap(\.self) }
    }

    private func features(_ texts: [Encoding], _ context: ComputeContext) -> [[Double]] {
        let batch = PackedBatch(texts)
        var result = [[Double]](repeating: [], count: texts.count)
        let tape = Tape(context: context, parameters: model.parameters)
        tape.onProduct = { weight, input in
            for matrix in directions.matrices where weight.range.overlaps(matrix.parameter.range) {
                for direction in matrix.directions where direction.count == input.columns {
                    append(direction, input, batch.sequences, to: &result)
                }
            }
        }
        _ = model.architecture.logits(tape, batch)
        return result
    }

    /// Adds one direction's highest and lowest cosine of each sequence.
    ///
    /// - Parameter input: a row a token, or a row a sequence where only the first token goes on.
    private func append(
        _ direction: [Float], _ input: Activation, _ sequences: PackedSequences, to result: inout [[Double]]
    ) {
        let isPooled = input.rows == sequences.count && input.rows != sequences.offsets.last
        for s in 0..<sequences.count {
            var (highest, lowest) = (-1.0, 1.0)
            for row in isPooled ? s..<s + 1 : sequences.rows(s) {
                let cosine = Self.cosine(direction, input.values, row * input.columns)
                (highest, lowest) = (max(highest, cosine), min(lowest, cosine))
            }
            result[s] += [highest, -lowest]
        }
    }

    /// The cosine of a unit vector to a row, 0 for a row of zeros.
    private static func cosine(
        _ direction: [Float], _ values: UnsafeMutableBufferPointer<Float>, _ start: Int
    ) -> Double {
        var (products, squares) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        var (product, square): (Float, Float) = (0, 0)
        let whole = direction.count / 8 * 8
        for i in stride(from: 0, to: whole, by: 8) {
            var (a, b) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
            for lane in 0..<8 { (a[lane], b[lane]) = (direction[i + lane], values[start + i + lane]) }
            products += a * b
            squares += b * b
        }
        for i in whole..<direction.count {
            product += direction[i] * values[start + i]
            square += values[start + i] * values[start + i]
        }
        let norm = (square + squares.sum()).squareRoot()
        return norm > 0 ? Double((product + products.sum()) / norm) : 0
    }
}
