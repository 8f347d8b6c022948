/// A JSON object: members in file order, found by the UTF-8 bytes of their key in constant time.
public struct JSONObject: Sendable {
    /// One key and its value.
    public struct Member: Sendable {
        /// The key, escapes decoded.
        public let key: String
        /// The value under that key.
        public var value: JSONValue

        /// A member for `key`.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// All members, in file order; no two have the same key bytes.
    public private(set) var members: [Member] = []
    private var index = JSONKeyIndex()

    /// An object without members.
    public init() {}

    /// How many members there are.
    public var count: Int { members.count }

    /// The value under `key`, compared by UTF-8 bytes; setting keeps the member's place or appends, `nil` removes.
    public subscript(key: String) -> JSONValue? {
        get {
            index.position(of: key, in: members).map { members[$0].value }
        }
        set {
            guard let position = index.position(of: key, in: members) else {
                if let newValue { append(Member(key: key, value: newValue)) }
                return
            }
            if let newValue {
                members[position].value = newValue
            } else {
                members.remove(at: position)
                index = JSONKeyIndex(members)
            }
        }
    }

    /// Appends `member` unless its key is taken; says whether it did.
    mutating func appendIfNew(_ member: Member) -> Bool {
        guard index.position(of: member.key, in: members) == nil else { return false }
        append(member)
        return true
    }

    private mutating func append(_ member: Member) {
        members.append(member)
        index.added(to: members)
    }
}

extension JSONObject: Equatable {
    /// Equal when the members are, in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { a, b in
            a.key.utf8.elementsEqual(b.key.utf8) && a.value == b.value
        }
    }
}
