/// The non-decreasing sequence closest to `values` in weighted least squares (pool adjacent violators). O(n).
///
/// - Parameters:
///   - values: in the order of the explaining variable.
///   - weights: one per value, positive; all equal when nil. A missing or non-positive weight counts as the smallest
///     positive number, so that its value follows its neighbours.
public func isotonicRegression(_ values: [Double], weights: [Double]? = nil) -> [Double] {
    struct Block {
        var mean: Double
        var weight: Double
        var count: Int
    }
    var blocks: [Block] = []
    for (i, value) in values.enumerated() {
        var weight = 1.0
        if let weights { weight = i < weights.count && weights[i] > 0 ? weights[i] : .leastNormalMagnitude }
        var block = Block(mean: value, weight: weight, count: 1)
        while let previous = blocks.last, previous.mean > block.mean {
            blocks.removeLast()
            let total = previous.weight + block.weight
            block.mean = (previous.mean * previous.weight + block.mean * block.weight) / total
            block.weight = total
            block.count += previous.count
        }
        blocks.append(block)
    }
    return blocks.flatMap { Array(repeating: $0.mean, count: $0.count) }
}
