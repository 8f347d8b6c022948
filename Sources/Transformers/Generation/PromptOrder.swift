internal import Kernels

/// Texts in lexicographic order, so that those which begin alike are neighbours and share that beginning.
struct PromptOrder {
    /// Index of a text by its place in the order.
    let indices: [Int]
    /// By place, the tokens that a text takes over from its predecessor in the order.
    private let shared: [Int]
    private let lengths: [Int]

    /// What one batch may hold.
    struct Limits {
        /// New tokens, unless a single text has more.
        var tokens: Int
        var texts = Int.max
        /// Rows of the cache, unless a single text needs more.
        var rows = Int.max
    }

    /// - Parameters:
    ///   - texts: token ids.
    ///   - included: indices of those that are run.
    ///   - unshared: last tokens of each text that are computed for it alone, because they are read.
    init(_ texts: [[Int32]], _ included: [Int], unshared: (Int) -> Int = { _ in 1 }) {
        let indices = included.sorted { a, b in
            texts[a].lexicographicallyPrecedes(texts[b]) || (texts[a] == texts[b] && a < b)
        }
        self.indices = indices
        lengths = indices.map { texts[$0].count }
        shared = indices.indices.map { place in
            guard place > 0 else { return 0 }
            let (before, text) = (texts[indices[place - 1]], texts[indices[place]])
            let most = min(before.count, text.count - unshared(indices[place]))
            return (0..<most).first { before[$0] != text[$0] } ?? most
        }
    }

    /// Tokens that the text at a place takes over, in a run that begins at `first`.
    func sharedCount(_ place: Int, from first: Int) -> Int { place == first ? 0 : shared[place] }

    /// Tokens that are computed for the text at a place, in a run that begins at `first`.
    func newCount(_ place: Int, from first: Int) -> Int { lengths[place] - sharedCount(place, from: first) }

    /// Runs of neighbours within the limits, of about equal numbers of texts where that number is what limits them.
    ///
    /// - Parameter reserve: rows of the cache that each text needs beyond its new tokens.
    func batches(_ limits: Limits, reserve: (Int) -> Int = { _ in 0 }) -> [Range<Int>] {
        let most = limits.texts < indices.count ? Self.balanced(indices.count, limits.texts) : limits.texts
        return runs(0..<indices.count) { first, place, totals in
            totals.tokens += newCount(place, from: first)
            totals.rows += newCount(place, from: first) + reserve(indices[place])
            return totals.tokens <= limits.tokens && totals.rows <= limits.rows && place - first < most
        }
    }

    /// Runs within a batch that are read in one pass each; the batch's cache holds what they share.
    func passes(_ batch: Range<Int>, tokens: Int) -> [Range<Int>] {
        runs(batch) { _, place, totals in
            totals.tokens += newCount(place, from: batch.lowerBound)
            return totals.tokens <= tokens
        }
    }

    /// - Parameter fits: adds a place to the totals of the run that begins at the first one, and whether it still fits.
    private func runs(
        _ places: Range<Int>, _ fits: (_ first: Int, _ place: Int, _ totals: inout (tokens: Int, rows: Int)) -> Bool
    ) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var first = places.lowerBound
        var totals = (tokens: 0, rows: 0)
        for place in places {
            if !fits(first, place, &totals), place > first {
                runs.append(first..<place)
                (first, totals) = (place, (0, 0))
                _ = fits(first, place, &totals)
            }
        }
        if first < places.upperBound { runs.append(first..<places.upperBound) }
        return runs
    }

    /// The size of equal parts of at most `most`.
    private static func balanced(_ count: Int, _ most: Int) -> Int {
        let parts = (count + most - 1) / max(1, most)
        return (count + parts - 1) / max(1, parts)
    }
}
