internal import CKernels
internal import Tensors

#if canImport(Glibc)
    internal import Glibc
#endif

extension Tape {
    /// Σ −log softmax(logits)[label] · scale over the rows, in nats; the end of a training pass.
    ///
    /// - Parameters:
    ///   - logits: [rows, labels].
    ///   - labels: one a row, in range.
    ///   - scale: 1 / number of examples of the whole batch, of which these rows may be a shard.
    public func crossEntropy(_ logits: Activation, labels: [Int32], scale: Double) -> Double {
        let softmax = make(rows: logits.rows, columns: logits.columns)
        var exponentials = [Double](repeating: 0, count: logits.columns)
        var loss = 0.0
        for (row, label) in labels.enumerated() {
            let x = logits.value.pointer + row * logits.columns
            let p = softmax.value.pointer + row * logits.columns
            var highest = x[0]
            for c in 1..<max(1, logits.columns) { highest = max(highest, x[c]) }
            var total = 0.0
            for c in exponentials.indices {
                exponentials[c] = exp(Double(x[c] - highest))
                total += exponentials[c]
            }
            for c in exponentials.indices { p[c] = Float(exponentials[c] / total) }
            loss += log(total) - Double(x[Int(label)] - highest)
        }
        record(CrossEntropyBackward(logits: logits, labels: labels, scale: Float(scale), softmax: softmax))
        return loss * scale
    }
}

private struct CrossEntropyBackward: BackwardStep {
    let logits: Activation
    let labels: [Int32]
    let scale: Float
    let softmax: Activation

    func run(_ tape: Tape) {
        let target = logits.gradientForAdding()
        let p = softmax.value.pointer
        for (row, label) in labels.enumerated() {
            let first = row * logits.columns
            p[first + Int(label)] -= 1
            for index in first..<first + logits.columns { target[index] += p[index] * scale }
        }
    }
}
