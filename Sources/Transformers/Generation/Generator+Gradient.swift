internal import Kernels
internal import Tensors

extension Generator {
    /// A text with a place whose token may change, and what is wished to follow the text.
    public struct Slot: Sendable {
        public let ids: [Int32]
        /// Index of the token that may change.
        public let place: Int
        /// Not empty.
        public let continuation: [Int32]

        public init(ids: [Int32], place: Int, continuation: [Int32]) {
            (self.ids, self.place, self.continuation) = (ids, place, continuation)
        }
    }

    /// The gradient of the mean −log p(continuation | text), in nats a token, by the embedding at the slots' places, its
    /// mean over the slots: [hidden].
    ///
    /// To first order, token v in place of token u changes the loss by (row of v − row of u)·gradient (HotFlip; Ebrahimi
    /// et al., ACL 2018).
    /// - Parameter slots: at least one.
    public func slotGradient(_ slots: [Slot]) -> [Float] {
        check(slots.map { $0.ids + $0.continuation })
        precondition(
            slots.allSatisfy { $0.ids.indices.contains($0.place) && !$0.continuation.isEmpty }, "an empty slot")
        var gradients = [[Float]](repeating: [], count: slots.count)
        gradients.withUnsafeMutableBufferPointer { gradients in
            nonisolated(unsafe) let gradients = gradients
            workers.forEach(slots.count) { index, context in
                let slot = slots[index]
                let tape = Tape(
                    context: context, parameters: model.parameters, weights: .packed(weights), recordsActivations: true)
                var embedded: Activation?
                tape.onEmbedding = { embedded = $0 }
                let example = LanguageExample(ids: slot.ids + slot.continuation, responseStart: slot.ids.count)
                _ = model.loss(tape, [example], [0])
                tape.backward()
                gradients[index] = embedded?.gradient(row: slot.place) ?? []
            }
        }
        let width = model.causal.wordEmbeddings.columns
        return (0..<width).map { column in gradients.reduce(0) { $0 + $1[column] } / Float(slots.count) }
    }
}
