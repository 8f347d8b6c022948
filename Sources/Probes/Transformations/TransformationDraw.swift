import Tensors

/// The random choice of one transformation in one text.
struct TransformationDraw: Sendable {
    let random: CounterRandom
    let row: Int

    private var index: UInt64 { UInt64(truncatingIfNeeded: row) }

    /// One of the elements; `nil` of none.
    func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[random.below(elements.count, at: index)]
    }

    /// 64 coins.
    var bits: UInt64 { random.bits(at: index) }
}
