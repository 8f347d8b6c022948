/// Ids of short words met before.
///
/// Each word has one place, given by its hash, and pushes out the word that was there: memory and time are bounded
/// whatever the words are.
struct WordCache: Sendable {
    /// Three numbers a place for the bytes of its word, zero behind the end.
    private var keys: [UInt64] = []
    /// The length of the word at each place, 0 for none.
    private var lengths: [UInt8] = []
    /// How many ids the word has.
    private var counts: [UInt8] = []
    private var ids: [Int32] = []
    private let multiplier = UInt64.random(in: .min ... .max) | 1

    private static let bits: UInt64 = 14
    private static let longestWord = 24
    private static let mostIDs = 6

    /// A word of at most 24 bytes as three numbers.
    struct Key: Sendable {
        fileprivate var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
        fileprivate let length: UInt8

        /// The key of `bytes[range]`; `nil` if it is too long.
        @inline(__always)
        init?(_ bytes: [UInt8], _ range: Range<Int>) {
            guard range.count <= WordCache.longestWord else { return nil }
            length = UInt8(truncatingIfNeeded: range.count)
            withUnsafeMutableBytes(of: &words) { key in
                bytes.withUnsafeBytes { key.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
            }
        }
    }

    /// Appends the ids of a known word to `output`; says whether it is known.
    @inline(__always)
    func append(_ key: Key, to output: inout [Int32]) -> Bool {
        guard !lengths.isEmpty else { return false }
        let place = place(of: key)
        guard lengths[place] == key.length, keys[3 * place] == key.words.0, keys[3 * place + 1] == key.words.1,
            keys[3 * place + 2] == key.words.2
        else { return false }
        let start = place * Self.mostIDs
        for index in start..<start + Int(counts[place]) { output.append(ids[index]) }
        return true
    }

    /// Remembers the ids of a word, unless they are many.
    mutating func store(_ key: Key, _ wordIDs: ArraySlice<Int32>) {
        guard wordIDs.count <= Self.mostIDs, key.length > 0 else { return }
        if lengths.isEmpty { allocate() }
        let place = place(of: key)
        keys[3 * place] = key.words.0
        keys[3 * place + 1] = key.words.1
        keys[3 * place + 2] = key.words.2
        lengths[place] = key.length
        counts[place] = UInt8(truncatingIfNeeded: wordIDs.count)
        for (offset, id) in wordIDs.enumerated() { ids[place * Self.mostIDs + offset] = id }
    }

    private mutating func allocate() {
        let places = 1 << Int(Self.bits)
        keys = [UInt64](repeating: 0, count: 3 * places)
        lengths = [UInt8](repeating: 0, count: places)
        counts = [UInt8](repeating: 0, count: places)
        ids = [Int32](repeating: 0, count: Self.mostIDs * places)
    }

    @inline(__always)
    private func place(of key: Key) -> Int {
        var hash = key.words.0 &* multiplier
        hash = (hash ^ (hash >> 32) ^ key.words.1) &* multiplier
        hash = (hash ^ (hash >> 32) ^ key.words.2 ^ UInt64(key.length)) &* multiplier
        return Int(truncatingIfNeeded: hash >> (64 - Self.bits))
    }
}
