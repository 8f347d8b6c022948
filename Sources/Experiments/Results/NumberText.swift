/// Shares as percentages for a reader.
enum PercentText {
    /// One decimal: "88.1".
    static func of(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        let tenths = Int((share * 1_000).rounded())
        return (tenths < 0 ? "−" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}

extension Int {
    /// With commas between thousands.
    var grouped: String {
        var text = ""
        for (place, digit) in String(magnitude).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text = "," + text }
            text = String(digit) + text
        }
        return (self < 0 ? "−" : "") + text
    }
}
