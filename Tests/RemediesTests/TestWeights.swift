import Tensors

/// Numbers without a pattern, for tests of remedies.
func drawn(_ count: Int, _ stream: String) -> [Float] {
    let random = CounterRandom(seed: 4, stream: stream)
    return (0..<count).map { Float(random.normal(at: UInt64($0))) }
}

/// `values` after `body` has changed them in place.
func changed(
    _ values: [Float], _ body: (UnsafeMutableBufferPointer<Float>) throws -> Void
) rethrows -> [Float] {
    var values = values
    try values.withUnsafeMutableBufferPointer { try body($0) }
    return values
}
