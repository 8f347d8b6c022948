/// Why a model's files were refused, could not be read or could not be written.
public struct CheckpointError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public let code: Code
    /// The file or folder it is about, as it was named.
    public let file: String
    /// What was found. It may quote names from the file, which are untrusted text: escape before showing.
    public let detail: String

    /// An error about `file`.
    public init(_ code: Code, file: String, detail: String) {
        self.code = code
        self.file = file
        self.detail = detail
    }

    /// One sentence: the file, what was found, what to do.
    public var description: String { "\(file): \(detail); \(code.advice)." }

    /// A name from a file, in quotation marks and cut to a length that fits a message.
    static func quote(_ name: String) -> String {
        let scalars = name.unicodeScalars
        guard let cut = scalars.index(scalars.startIndex, offsetBy: 100, limitedBy: scalars.endIndex),
            cut != scalars.endIndex
        else { return "\"\(name)\"" }
        return "\"\(String(scalars[..<cut]))…\""
    }
}
