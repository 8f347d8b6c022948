/// Fractions as the reference reads them from JSON (Rust's `serde_json` without `float_roundtrip`).
///
/// It takes the digits as an integer and divides by a power of ten, which rounds twice: one score in ten comes out a unit
/// in the last place away from the nearest number. Where two divisions of a word have equal sums, that decides.
enum ReferenceNumber {
    /// What the reference makes of `number` in its shortest form, which is how JSON writers put it.
    static func read(_ number: Double) -> Double {
        guard number.isFinite, let (digits, exponent) = shortest(number.magnitude), -308...308 ~= exponent else {
            return number
        }
        let power = powersOfTen[abs(exponent)]
        let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
        return number.sign == .minus ? -value : value
    }

    /// The shortest decimal number that reads as `number`: its digits, and the power of ten that they count.
    private static func shortest(_ number: Double) -> (digits: UInt64, exponent: Int)? {
        var digits: UInt64 = 0
        var exponent = 0
        let parts = number.description.utf8.split(separator: UInt8(ascii: "e"))
        guard let mantissa = parts.first else { return nil }
        var isFraction = false
        for byte in mantissa {
            if byte == UInt8(ascii: ".") {
                isFraction = true
                continue
            }
            let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
            guard !overflow, 0x30...0x39 ~= byte else { return nil }
            digits = product &+ UInt64(byte - 0x30)
            if isFraction { exponent -= 1 }
        }
        if parts.count > 1 {
            guard let written = Int(Substring(parts[1])) else { return nil }
            exponent += written
        }
        return (digits, exponent)
    }

    private static let powersOfTen = (0...308).map { Double("1e\($0)") ?? .infinity }
}
