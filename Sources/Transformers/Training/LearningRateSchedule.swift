#if canImport(Glibc)
    internal import Glibc
#endif

/// Learning rate by step.
public enum LearningRateSchedule: Sendable, Equatable {
    case constant
    /// Up from zero over the first share of the steps, then down to zero on a straight line.
    case linear(warmup: Double)

    /// The factor on the peak rate at `step` of `total`, counted from 0.
    public func factor(_ step: Int, of total: Int) -> Double {
        switch self {
        case .constant: return 1
        case .linear(let warmup):
            let rising = (warmup * Double(total)).rounded(.up)
            let now = Double(step)
            if now < rising { return (now + 1) / (rising + 1) }
            return (Double(total) - now) / max(1, Double(total) - rising)
        }
    }
}

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
