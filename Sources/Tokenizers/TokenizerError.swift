/// Why a folder's tokenizer is refused.
public struct TokenizerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public enum Code: String, Sendable, CaseIterable {
        /// The folder holds no tokenizer file.
        case missingFile
        /// A file is not acceptable JSON.
        case malformedJSON
        /// A field is absent or has the wrong kind or range.
        case invalidField
        /// A file is not UTF-8.
        case invalidUTF8
        /// A file exceeds a limit.
        case tooLarge
        /// A normalizer, pre-tokenizer, post-processor or model that Assay does not run.
        case unsupportedComponent
        /// Two tokens share an id.
        case duplicateID
        /// One token occurs twice.
        case duplicateToken
        /// The highest id is far above the number of tokens.
        case sparseIDs
        /// An added token contradicts the vocabulary or another added token.
        case inconsistentAddedToken
        /// A merge names a token that the vocabulary lacks.
        case inconsistentMerge
        /// The post-processor contradicts the vocabulary.
        case inconsistentTemplate
        /// A token that encoding needs is not in the vocabulary.
        case missingSpecialToken
    }

    /// The rule that was broken.
    public let code: Code
    /// The file, with its folder's name.
    public let file: String
    /// What is wrong and what to do, without the file.
    public let reason: String

    /// An error about `file`.
    public init(_ code: Code, file: String, reason: String) {
        self.code = code
        self.file = file
        self.reason = reason
    }

    /// One sentence that names the file.
    public var description: String { "\(file): \(reason)." }
}
