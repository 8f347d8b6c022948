/// Numbers as reports print them: fixed formats of our own, the same under every locale.
enum NumberText {
    /// What stands in a table for a value that was not measured.
    static let none = "–"
    static let minus = "−"

    /// `value` with a fixed number of decimals, halves away from zero.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return "not finite" }
        let power = powerOfTen(decimals)
        let scaled = (value.magnitude * power).rounded(.toNearestOrAwayFromZero)
        guard scaled < 1e15 else { return scientific(value) }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = value < 0 && scaled > 0 ? minus : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// `value` with three significant digits, in scientific form when it is very small or large.
    static func significant(_ value: Double) -> String {
        guard value.isFinite else { return "not finite" }
        let size = value.magnitude
        if size == 0 { return "0" }
        guard size >= 1e-4, size < 1e6 else { return scientific(value) }
        var decimals = 2
        var bound = 10.0
        while size >= bound, decimals > 0 {
            decimals -= 1
            bound *= 10
        }
        bound = 1
        while size < bound {
            decimals += 1
            bound /= 10
        }
        return fixed(value, decimals)
    }

    /// As `significant`, without the zeros at the end: for round settings and axis ticks.
    static func short(_ value: Double) -> String {
        var text = significant(value)
        guard text.contains("."), !text.contains("e") else { return text }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    /// "1.23e−5".
    static func scientific(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "not finite" }
        var exponent = 0
        var mantissa = value.magnitude
        while mantissa >= 10 {
            mantissa /= 10
            exponent += 1
        }
        while mantissa < 1 {
            mantissa *= 10
            exponent -= 1
        }
        if fixed(mantissa, 2) == "10.00" {
            mantissa = 1
            exponent += 1
        }
        return (value < 0 ? minus : "") + fixed(mantissa, 2) + "e" + (exponent < 0 ? minus : "")
            + String(exponent.magnitude)
    }

    /// A count that may be an estimate: whole and grouped from 100 on.
    static func quantity(_ value: Double) -> String {
        value >= 100 && value < 1e15 ? grouped(Int(value.rounded())) : short(value)
    }

    /// 22,713,216.
    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (value < 0 ? minus : "") + text
    }

    private static func powerOfTen(_ exponent: Int) -> Double {
        (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 }
    }
}
