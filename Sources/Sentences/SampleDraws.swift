internal import Tensors

/// A sequence of random draws from one counter-based stream.
struct SampleDraws: Sendable {
    private let random: CounterRandom
    private var next: UInt64 = 0

    init(seed: UInt64, stream: String) {
        random = CounterRandom(seed: seed, stream: stream)
    }

    /// A number in [0, 1).
    mutating func uniform() -> Double {
        defer { next += 1 }
        return random.uniform(at: next)
    }

    /// An integer in `0..<bound`.
    mutating func below(_ bound: Int) -> Int {
        defer { next += 1 }
        return random.below(bound, at: next)
    }

    /// An element, all equally likely; nil if there is none.
    mutating func any<Element>(of list: [Element]) -> Element? {
        list.isEmpty ? nil : list[below(list.count)]
    }

    /// An element, early ones more likely: the probability falls with the square root of the rank.
    ///
    /// Only products are used, no powers, so that the choice is equal on every machine.
    mutating func ranked<Element>(of list: [Element]) -> Element? {
        guard !list.isEmpty else { return nil }
        let share = uniform()
        return list[min(list.count - 1, Int(Double(list.count) * share * share))]
    }
}
