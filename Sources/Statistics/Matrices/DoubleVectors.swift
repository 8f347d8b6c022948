/// Σ aᵢ·bᵢ, in eight interleaved sums: the same bits on every machine.
func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    let (x, y) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    var sums = SIMD8<Double>.zero
    let whole = count - count % 8
    for i in stride(from: 0, to: whole, by: 8) {
        sums +=
            x.loadUnaligned(fromByteOffset: 8 * i, as: SIMD8<Double>.self)
            * y.loadUnaligned(fromByteOffset: 8 * i, as: SIMD8<Double>.self)
    }
    var sum = sums.sum()
    for i in whole..<count { sum += a[i] * b[i] }
    return sum
}

/// y += factor · x.
func add(_ factor: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, _ count: Int) {
    for i in 0..<count { y[i] += factor * x[i] }
}

/// (x, y) ← (c·x − s·y, s·x + c·y), a plane rotation.
func rotate(
    _ x: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>, cosine c: Double, sine s: Double, _ count: Int
) {
    for i in 0..<count {
        let (a, b) = (x[i], y[i])
        x[i] = c * a - s * b
        y[i] = s * a + c * b
    }
}
