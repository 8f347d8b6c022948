/// Finds a member by the UTF-8 bytes of its key: open addressing with linear probing.
///
/// `Dictionary<String, _>` would merge canonically equivalent keys. `Hasher` is seeded per process, so that a file
/// cannot be made to collide. Objects of up to `scanLimit` members are scanned and keep no table.
struct JSONKeyIndex: Sendable {
    private static let scanLimit = 8
    private static let empty: Int32 = -1

    /// Positions in the member list, or `empty`; a power of two long and at most half full.
    private var slots: [Int32] = []

    init() {}

    init(_ members: [JSONObject.Member]) {
        rebuild(members)
    }

    func position(of key: String, in members: [JSONObject.Member]) -> Int? {
        guard !slots.isEmpty else {
            return members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
        }
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot] != Self.empty {
            let position = Int(slots[slot])
            if members[position].key.utf8.elementsEqual(key.utf8) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Takes note of the last of `members`, whose key is new.
    mutating func added(to members: [JSONObject.Member]) {
        guard let last = members.last, members.count > Self.scanLimit else { return }
        if members.count * 2 > slots.count {
            rebuild(members)
        } else {
            insert(last.key, at: members.count - 1)
        }
    }

    private mutating func rebuild(_ members: [JSONObject.Member]) {
        slots = []
        guard members.count > Self.scanLimit else { return }
        var capacity = 32
        while capacity < members.count * 4 { capacity *= 2 }
        slots = [Int32](repeating: Self.empty, count: capacity)
        for position in members.indices { insert(members[position].key, at: position) }
    }

    private mutating func insert(_ key: String, at position: Int) {
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot] != Self.empty { slot = (slot + 1) & mask }
        slots[slot] = Int32(truncatingIfNeeded: position)
    }

    private static func hash(_ key: String) -> Int {
        var hasher = Hasher()
        let hashed: Void? = key.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if hashed == nil {
            for byte in key.utf8 { hasher.combine(byte) }
        }
        return hasher.finalize()
    }
}
