/// A linear map from data to a chart's coordinates.
struct Scale {
    var domain: ClosedRange<Double>
    var range: ClosedRange<Double>
    /// True when larger data lie at smaller coordinates, as on a vertical axis.
    var isFlipped = false

    /// The range between two values in either order; 0 to 1 when one is not finite.
    static func bounds(_ a: Double, _ b: Double) -> ClosedRange<Double> {
        a.isFinite && b.isFinite ? min(a, b)...max(a, b) : 0...1
    }

    /// The coordinate of `value`, held inside the range.
    func callAsFunction(_ value: Double) -> Double {
        let span = domain.upperBound - domain.lowerBound
        guard span > 0, value.isFinite else { return isFlipped ? range.upperBound : range.lowerBound }
        let share = min(max((value - domain.lowerBound) / span, 0), 1)
        let length = range.upperBound - range.lowerBound
        return isFlipped ? range.upperBound - share * length : range.lowerBound + share * length
    }

    /// Round values inside the domain, about `count` of them: multiples of 1, 2 or 5 times a power of ten.
    func ticks(_ count: Int) -> [Double] {
        let span = domain.upperBound - domain.lowerBound
        guard span > 0, span.isFinite, count > 0 else { return [domain.lowerBound] }
        var step = 1.0
        while step * Double(count) < span { step *= 10 }
        while step / 10 * Double(count) >= span { step /= 10 }
        for factor in [5.0, 2.0] where step / factor * Double(count) >= span {
            step /= factor
            break
        }
        let first = (domain.lowerBound / step).rounded(.up)
        let last = (domain.upperBound / step + 1e-9).rounded(.down)
        guard last >= first, last - first < 100 else { return [domain.lowerBound] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }
}

/// A logarithmic map from positive data to a chart's coordinates.
struct LogScale {
    var domain: ClosedRange<Double>
    var range: ClosedRange<Double>

    /// The coordinate of `value`, held inside the range.
    func callAsFunction(_ value: Double) -> Double {
        let bounds = Scale.bounds(Self.log2(domain.lowerBound), Self.log2(domain.upperBound))
        return Scale(domain: bounds, range: range)(Self.log2(value))
    }

    /// 1, 2 and 5 times powers of ten inside the domain; at most eight of them.
    var ticks: [Double] {
        guard domain.lowerBound >= .leastNormalMagnitude, domain.upperBound.isFinite else { return [] }
        var power = 1.0
        while power > domain.lowerBound { power /= 10 }
        while power * 10 <= domain.lowerBound { power *= 10 }
        var all: [Double] = []
        while power <= domain.upperBound, all.count < 60 {
            all += [power, power * 2, power * 5].filter(domain.contains)
            power *= 10
        }
        let tens = all.count > 8 ? all.enumerated().filter { $0.offset % (all.count / 8 + 1) == 0 }.map(\.element) : all
        return tens
    }

    /// The binary logarithm, by exponent and significand: exact enough for a picture, equal on every machine.
    private static func log2(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return -1100 }
        var fraction = value.significand
        var result = Double(value.exponent)
        var bit = 0.5
        for _ in 0..<24 {
            fraction *= fraction
            if fraction >= 2 {
                fraction /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
