/// Why two models or a list of frequencies cannot be compared.
public struct ForensicsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public enum Code: String, Sendable, CaseIterable {
        /// No tensor of the suspect has the name and shape of one of the base's.
        case nothingInCommon
        /// Most tensors that both models have differ in shape, or the word embeddings differ in width.
        case otherShape
        /// A list of frequencies is empty or names no token of the vocabulary.
        case noFrequencies
        /// A list of frequencies is not UTF-8, not acceptable JSON, or has a bad line or count.
        case malformedFrequencies
    }

    /// The rule that was broken.
    public let code: Code
    /// The file or folder, as it was named.
    public let file: String
    /// What was found and what to do.
    public let detail: String

    /// An error about `file`.
    public init(_ code: Code, file: String, detail: String) {
        self.code = code
        self.file = file
        self.detail = detail
    }

    /// One sentence that names the file and says what to do.
    public var description: String { "\(file): \(detail)." }
}
