public import Kernels
public import Tensors

/// How much each weight matters to clean texts.
public enum FisherInformation {
    /// Shares of the texts, each with a sum of its own: fixed, so that the bits do not depend on threads.
    private static let shards = 2

    /// The diagonal of the empirical Fisher information: the mean squared gradient of single texts' losses at their
    /// true labels, without dropout.
    ///
    /// - Parameter parameters: what it is measured of; the rest of the buffer, which mirrors the parameters, stays zero.
    public static func diagonal(
        of model: SequenceClassifier, on examples: [TrainingExample], parameters: [Parameter], workers: Workers
    ) -> FloatBuffer {
        let layout = model.parameters.layout
        let sums = (0..<shards).map { _ in FloatBuffer(count: layout.count) }
        workers.forEach(shards) { shard, context in
            let gradients = Gradients(layout: layout)
            for example in stride(from: shard, to: examples.count, by: shards).map({ examples[$0] }) {
                gradients.begin()
                let tape = Tape(context: context, parameters: model.parameters, gradients: gradients)
                let logits = model.architecture.logits(tape, PackedBatch([example.encoding]))
                _ = tape.crossEntropy(logits, labels: [Int32(example.label)], scale: 1)
                tape.backward()
                gradients.finish()
                for parameter in parameters { addSquares(of: gradients, parameter, to: sums[shard]) }
            }
        }
        let mean = sums[0]
        let scale = 1 / Float(max(1, examples.count))
        for parameter in parameters {
            for i in parameter.range { mean.pointer[i] = (mean.pointer[i] + sums[1].pointer[i]) * scale }
        }
        return mean
    }

    /// Of an embedding table only the rows that the text reads have a gradient.
    private static func addSquares(of gradients: Gradients, _ parameter: Parameter, to sum: FloatBuffer) {
        withExtendedLifetime((gradients, sum)) {
            let (s, g) = (sum.pointer, gradients.values.pointer)
            func add(_ range: Range<Int>) { for i in range { s[i] += g[i] * g[i] } }
            guard let rows = gradients.touchedRows[parameter.offset] else { return add(parameter.range) }
            for row in rows { add(parameter.slice(rows: Int(row)..<Int(row) + 1).range) }
        }
    }
}
