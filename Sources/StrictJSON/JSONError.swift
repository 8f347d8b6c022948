/// Why a text is not acceptable JSON.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What sort of rule was broken, for callers that treat one apart.
    public enum Kind: Sendable {
        /// Not the grammar of RFC 8259.
        case syntax
        /// Two members of one object with the same UTF-8 bytes as key.
        case duplicateKey
        /// A string that is not UTF-8, or half of a surrogate pair in an escape.
        case invalidText
        /// A number beyond the range of `Double`.
        case numberRange
        /// More levels than ``JSONLimits/maxDepth``.
        case tooDeep
        /// More bytes or values than ``JSONLimits`` allows.
        case tooLarge
    }

    /// The sort of rule.
    public let kind: Kind
    /// Where, in bytes from the start.
    public let offset: Int
    /// What is wrong there, without the place.
    public let reason: String

    /// An error at byte `offset`.
    public init(_ kind: Kind = .syntax, offset: Int, reason: String) {
        self.kind = kind
        self.offset = offset
        self.reason = reason
    }

    /// The reason and the place.
    public var description: String { "\(reason) at byte \(offset)" }
}
