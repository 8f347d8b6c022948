#if canImport(Glibc)
    internal import Glibc
#endif

/// Natural logarithm of a frequency, which may be zero.
func logarithm(_ frequency: Double) -> Double { log(max(frequency, 1)) }
