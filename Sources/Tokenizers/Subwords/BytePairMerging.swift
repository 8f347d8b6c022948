extension SubwordScratch {
    /// Merges `symbols` until no pair of neighbours has a merge: always the lowest rank, of equal ones the leftmost.
    mutating func mergeSymbols(_ merges: MergeTable) {
        if symbols.count < 2 { return }
        if symbols.count <= Self.longestScan { scanAndMerge(merges) } else { queueAndMerge(merges) }
    }

    /// Symbols up to which searching all ranks anew for each merge is faster than a queue.
    static let longestScan = 64

    /// The plain way, quadratic in the number of symbols.
    mutating func scanAndMerge(_ merges: MergeTable) {
        ranks.removeAll(keepingCapacity: true)
        for index in 0..<symbols.count - 1 { ranks.append(merges[symbols[index], symbols[index + 1]]?.rank ?? .max) }
        while true {
            var best = UInt32.max
            var place = 0
            for index in ranks.indices where ranks[index] < best {
                best = ranks[index]
                place = index
            }
            guard best < .max, let merge = merges[symbols[place], symbols[place + 1]] else { return }
            symbols[place] = merge.id
            symbols.remove(at: place + 1)
            ranks.remove(at: place)
            if place < ranks.count { ranks[place] = merges[merge.id, symbols[place + 1]]?.rank ?? .max }
            if place > 0 { ranks[place - 1] = merges[symbols[place - 1], merge.id]?.rank ?? .max }
        }
    }

    /// With a queue of merges: a merged symbol stays at its first place, places that it took in become -1.
    mutating func queueAndMerge(_ merges: MergeTable) {
        let count = symbols.count
        previous.removeAll(keepingCapacity: true)
        next.removeAll(keepingCapacity: true)
        queue.removeAll()
        for index in 0..<count {
            previous.append(Int32(truncatingIfNeeded: index - 1))
            next.append(index + 1 < count ? Int32(truncatingIfNeeded: index + 1) : -1)
            if index + 1 < count { enqueue(index, merges[symbols[index], symbols[index + 1]]) }
        }
        while let item = queue.pop() {
            let place = Int(UInt32(truncatingIfNeeded: item))
            let right = Int(next[place])
            guard symbols[place] >= 0, right >= 0, let merge = merges[symbols[place], symbols[right]],
                merge.rank == UInt32(truncatingIfNeeded: item >> 32)
            else { continue }
            symbols[place] = merge.id
            symbols[right] = -1
            next[place] = next[right]
            let (before, after) = (Int(previous[place]), Int(next[place]))
            if after >= 0 {
                previous[after] = Int32(truncatingIfNeeded: place)
                enqueue(place, merges[merge.id, symbols[after]])
            }
            if before >= 0 { enqueue(before, merges[symbols[before], merge.id]) }
        }
        symbols.removeAll { $0 < 0 }
    }

    private mutating func enqueue(_ place: Int, _ merge: Merge?) {
        guard let merge else { return }
        queue.push(UInt64(merge.rank) << 32 | UInt64(UInt32(truncatingIfNeeded: place)))
    }
}
