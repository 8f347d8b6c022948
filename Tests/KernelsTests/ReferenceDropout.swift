import Tensors

/// Which elements of a stretch of the dropout stream are kept, drawn one Philox block at a time.
struct ReferenceDropout {
    let random: CounterRandom
    let firstBlock: UInt64
    let threshold: UInt32
    let scale: Double

    /// Element i takes word (i / 16) mod 4 of the counter 16 · (i / 64) + i mod 16.
    func factor(_ element: Int) -> Double {
        let counter = firstBlock &+ UInt64(element / 64 * 16 + element % 16)
        return random.block(counter)[element / 16 % 4] < threshold ? 0 : scale
    }
}
