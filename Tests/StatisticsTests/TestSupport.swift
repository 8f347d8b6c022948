/// Whether two numbers agree to `tolerance`, relative to the larger one or absolute near zero.
func agree(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    a == b || abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-3)
}
