/// What happens to matches of a pattern at which words are divided.
enum SplitBehavior: String, Sendable, CaseIterable {
    case removed = "Removed"
    /// Each match is a word.
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    /// Matches in a row are a word.
    case contiguous = "Contiguous"
}

/// A part of a word: a match of a pattern, or what lies between two.
struct SplitPart {
    var range: Range<Int>
    let isMatch: Bool
}

extension SplitBehavior {
    /// Appends the words that `parts`, which follow one another without gaps, become.
    func join(_ parts: [SplitPart], into words: inout [Range<Int>]) {
        switch self {
        case .removed: words.append(contentsOf: parts.lazy.filter { !$0.isMatch }.map(\.range))
        case .isolated: words.append(contentsOf: parts.lazy.map(\.range))
        case .contiguous: Self.join(parts, into: &words) { previous, part in previous.isMatch == part.isMatch }
        case .mergedWithPrevious:
            Self.join(parts, into: &words) { previous, part in part.isMatch && !previous.isMatch }
        case .mergedWithNext: Self.join(parts, into: &words) { previous, part in previous.isMatch && !part.isMatch }
        }
    }

    private static func join(
        _ parts: [SplitPart], into words: inout [Range<Int>], where joins: (SplitPart, SplitPart) -> Bool
    ) {
        var previous: SplitPart?
        for part in parts {
            if let before = previous, joins(before, part), let last = words.popLast() {
                words.append(last.lowerBound..<part.range.upperBound)
            } else {
                words.append(part.range)
            }
            previous = part
        }
    }
}
