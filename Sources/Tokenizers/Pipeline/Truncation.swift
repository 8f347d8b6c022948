/// Which end of a text is cut when an input would be too long.
enum TruncationSide: String, Sendable {
    case left
    case right
}

extension TruncationSide {
    /// Cuts `pieces` to `count` tokens.
    func cut(_ pieces: inout [Int32], to count: Int) {
        let excess = pieces.count - count
        guard excess > 0 else { return }
        switch self {
        case .left: pieces.removeFirst(excess)
        case .right: pieces.removeLast(excess)
        }
    }

    /// Cuts a pair to `count` tokens in all, the longer text first ("longest first").
    ///
    /// Where both are longer than half of `count`, each gets half, and the longer one the odd token (the second, if
    /// they are equally long).
    func cut(_ first: inout [Int32], _ second: inout [Int32], to count: Int) {
        guard first.count.addingReportingOverflow(second.count).partialValue > count else { return }
        let shorter = min(first.count, second.count)
        var (short, long) = (shorter, max(shorter, count - min(shorter, count)))
        if short + long > count {
            short = count / 2
            long = count - short
        }
        let firstIsLonger = first.count > second.count
        cut(&first, to: firstIsLonger ? long : short)
        cut(&second, to: firstIsLonger ? short : long)
    }
}
