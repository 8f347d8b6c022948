/// The half-sample mode: a robust estimate of where values are densest (Robertson and Cryer, 1974; Bickel, 2002).
///
/// The shortest interval that holds half of the values is taken, again and again, until one or two are left. When
/// more than half of the values are equal the result is exactly that value. O(n log n); ties go to the lower
/// interval. Nil without values or when one is not finite.
public func halfSampleMode(_ values: [Double]) -> Double? {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    if let majority = majority(of: values) { return majority }
    let sorted = values.sorted()
    var window = sorted[...]
    while window.count > 3 {
        let half = (window.count + 1) / 2
        var best = window.startIndex
        var narrowest = Double.infinity
        for start in window.startIndex...(window.endIndex - half) {
            let width = sorted[start + half - 1] - sorted[start]
            if width < narrowest { (best, narrowest) = (start, width) }
        }
        window = sorted[best..<(best + half)]
        if narrowest == 0 { return sorted[best] }
    }
    return modeOfFew(Array(window))
}

/// The value that more than half of the values are equal to, found without sorting (Boyer and Moore, 1981).
private func majority(of values: [Double]) -> Double? {
    var candidate = 0.0
    var lead = 0
    for value in values {
        if lead == 0 { candidate = value }
        lead += value == candidate ? 1 : -1
    }
    return values.count { $0 == candidate } > values.count / 2 ? candidate : nil
}

/// The mode of one to three sorted values: the mean of the closer two.
private func modeOfFew(_ values: [Double]) -> Double? {
    guard let first = values.first, let last = values.last else { return nil }
    guard values.count == 3 else { return first + (last - first) / 2 }
    let (lower, upper) = (values[1] - first, last - values[1])
    if lower == upper { return values[1] }
    return lower < upper ? first + lower / 2 : values[1] + upper / 2
}
