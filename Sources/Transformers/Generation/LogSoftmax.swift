#if canImport(Glibc)
    internal import Glibc
#endif

/// Log-probabilities of one row of scores, in nats.
struct LogSoftmax {
    private let scores: UnsafeBufferPointer<Float>
    /// log Σ exp of the scores.
    private let total: Double

    init(_ scores: UnsafeBufferPointer<Float>) {
        self.scores = scores
        let highest = Double(scores.max() ?? 0)
        total = highest + log(scores.reduce(0) { $0 + exp(Double($1) - highest) })
    }

    init(_ scores: UnsafeMutableBufferPointer<Float>) { self.init(UnsafeBufferPointer(scores)) }

    subscript(token: Int) -> Double { Double(scores[token]) - total }
}
