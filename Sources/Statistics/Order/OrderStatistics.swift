/// The value below which a `share` of the values lies, linear between neighbours (type 7 of Hyndman and Fan).
///
/// Values need not be sorted. Nil without values or when one is NaN; `share` is clamped to 0...1.
public func percentile(_ values: [Double], _ share: Double) -> Double? {
    guard !values.contains(where: \.isNaN) else { return nil }
    return percentile(sorted: values.sorted(), share)
}

/// `percentile` of values that are already in ascending order and hold no NaN.
public func percentile(sorted values: [Double], _ share: Double) -> Double? {
    guard let last = values.last, !share.isNaN else { return nil }
    let position = min(max(share, 0), 1) * Double(values.count - 1)
    let below = Int(position)
    guard below + 1 < values.count else { return last }
    let fraction = position - Double(below)
    // Equal neighbours, infinite ones included, need no interpolation.
    guard fraction > 0, values[below] != values[below + 1] else { return values[below] }
    return values[below] + fraction * (values[below + 1] - values[below])
}

/// The median; nil without values or when one is NaN.
public func median(_ values: [Double]) -> Double? {
    percentile(values, 0.5)
}

/// Median and median absolute deviation: a center and a scale that outliers do not move.
public struct RobustScale: Sendable, Hashable {
    /// Middle of the values.
    public let median: Double
    /// Median of |value − median|, not yet multiplied by 1.4826.
    public let mad: Double

    /// The scale of `values`; nil without values or when one is NaN.
    public init?(_ values: [Double]) {
        guard let center = Statistics.median(values),
            let deviation = Statistics.median(values.map { abs($0 - center) })
        else { return nil }
        median = center
        mad = deviation
    }

    /// (value − median) / (1.4826·MAD), comparable to a normal z; nil when more than half of the values are equal.
    public func z(_ value: Double) -> Double? {
        mad > 0 && mad.isFinite ? (value - median) / (1.4826 * mad) : nil
    }
}
