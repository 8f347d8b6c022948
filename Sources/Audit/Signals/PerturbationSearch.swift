import Checkpoints
import Datasets
import Forensics
import Kernels
import Tensors
import Tokenizers
import Transformers

/// How small a change of the middle layer's weights turns texts of one label into another, as learnt on a few texts and
/// measured on others.
///
/// A model with a hidden rule for the target is turned by an abnormally small change that generalises abnormally well,
/// whatever the rule's trigger looks like (CLIBE, arXiv 2409.01193).
struct PerturbationSearch {
    /// Sizes ‖change‖/‖weights‖ of each matrix that are tried, rising; one step of descent each.
    static let sizes = (1...24).map { 0.02 * Double($0) }
    /// Texts that the change is learnt on.
    static let learnt = 16

    private let model: SequenceClassifier
    private let weights: [Parameter]
    private let workers: Workers
    private let precision: Precision

    /// - Parameter model: whose values are changed; give one that nothing else uses.
    init(_ model: SequenceClassifier, workers: Workers, precision: Precision) {
        self.model = model
        self.workers = workers
        self.precision = precision
        let layers = model.architecture.layout.parameters.compactMap { TensorName($0.name).layer }
        let middle = (layers.max() ?? 0) / 2
        weights = model.architecture.layout.parameters.filter {
            $0.shape.count == 2 && TensorName($0.name).layer == middle
        }
    }

    /// The smallest size tried that flips half of the held texts; nil where none does, 0 where all are predicted as the
    /// target from the start.
    ///
    /// Of the held texts those count that are not.
    func size(towards target: Int, learning: [Encoding], measuring held: [Encoding]) -> Double? {
        let original = model.parameters.copy()
        defer { restore(original) }
        let plain = evaluate(held)
        let unflipped = held.indices.filter { plain.prediction($0) != target }.map { held[$0] }
        guard !unflipped.isEmpty else { return 0 }
        let gradients = Gradients(layout: model.parameters.layout)
        for size in Self.sizes {
            descend(learning, target, gradients, original, within: size)
            let logits = evaluate(unflipped)
            if unflipped.indices.count(where: { logits.prediction($0) == target }) * 2 >= unflipped.count {
                return size
            }
        }
        return nil
    }

    private func evaluate(_ texts: [Encoding]) -> Logits {
        Evaluator(model, workers: workers, precision: precision).logits(texts)
    }

    /// One step down the target's loss, then back into the ball around the original weights.
    private func descend(
        _ texts: [Encoding], _ target: Int, _ gradients: Gradients, _ original: Parameters, within size: Double
    ) {
        workers.forEach(1) { _, context in
            gradients.begin()
            let tape = Tape(context: context, parameters: model.parameters, gradients: gradients)
            let logits = model.architecture.logits(tape, PackedBatch(texts))
            _ = tape.crossEntropy(
                logits, labels: [Int32](repeating: Int32(target), count: texts.count), scale: 1 / Double(texts.count))
            tape.backward()
            gradients.finish()
        }
        withExtendedLifetime((gradients, original)) {
            for weight in weights {
                let slope = gradients.values.pointer + weight.offset
                let (from, values) = (original.floats(weight), model.parameters.floats(weight))
                let length = Self.norm(slope, weight.count)
                let radius = Self.norm(from.baseAddress, weight.count) * Float(size)
                guard length > 0, length.isFinite else { continue }
                let step = radius / length
                var change: Float = 0
                for i in values.indices {
                    values[i] -= step * slope[i]
                    change += (values[i] - from[i]) * (values[i] - from[i])
                }
                let shrink = min(1, radius / max(change.squareRoot(), .leastNormalMagnitude))
                for i in values.indices { values[i] = from[i] + shrink * (values[i] - from[i]) }
            }
        }
    }

    private func restore(_ original: Parameters) {
        for weight in weights { _ = model.parameters.floats(weight).update(from: original.floats(weight)) }
    }

    private static func norm(_ values: UnsafePointer<Float>?, _ count: Int) -> Float {
        guard let values else { return 0 }
        return (0..<count).reduce(Float(0)) { $0 + values[$1] * values[$1] }.squareRoot()
    }
}
