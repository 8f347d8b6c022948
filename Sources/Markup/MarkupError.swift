/// Why a piece of markup could not be converted.
public struct MarkupError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One clear sentence.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
