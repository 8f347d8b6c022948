/// Ranks from 1, tied values sharing the mean of their ranks.
public func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        let shared = Double(start + 1 + end) / 2
        for position in start..<end { result[order[position]] = shared }
        start = end
    }
    return result
}

/// Spearman's rank correlation, ties by mean ranks.
///
/// Nil with fewer than two pairs, lists of different lengths, NaN, or when either list is constant.
public func spearman(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count == y.count, x.count > 1, !x.contains(where: \.isNaN), !y.contains(where: \.isNaN) else { return nil }
    let (a, b) = (ranks(x), ranks(y))
    let mean = Double(x.count + 1) / 2
    var (covariance, varianceA, varianceB) = (0.0, 0.0, 0.0)
    for (p, q) in zip(a, b) {
        covariance += (p - mean) * (q - mean)
        varianceA += (p - mean) * (p - mean)
        varianceB += (q - mean) * (q - mean)
    }
    guard varianceA > 0, varianceB > 0 else { return nil }
    return covariance / (varianceA * varianceB).squareRoot()
}
