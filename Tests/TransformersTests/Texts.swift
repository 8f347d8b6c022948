import Tensors
import Tokenizers

@testable import Transformers

/// Token sequences of random ids between 2 and 39, in two segments, of the given lengths.
func texts(_ lengths: [Int], seed: UInt64 = 1, ids: ClosedRange<Int> = 2...39) -> [Encoding] {
    lengths.enumerated().map { index, length in
        let random = CounterRandom(seed: seed, stream: "text \(index)")
        return Encoding(
            ids: (0..<length).map { Int32(ids.lowerBound + random.below(ids.count, at: UInt64($0))) },
            typeIDs: (0..<length).map { $0 * 2 < length ? 0 : 1 })
    }
}

/// The same with labels 0, 1 and 2 in turn.
func examples(_ lengths: [Int], seed: UInt64 = 1, ids: ClosedRange<Int> = 2...39) -> [TrainingExample] {
    texts(lengths, seed: seed, ids: ids).enumerated().map { TrainingExample(encoding: $1, label: $0 % 3) }
}
