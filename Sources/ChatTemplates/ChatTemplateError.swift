/// Why a chat template is refused, or why it could not be rendered.
public struct ChatTemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public enum Code: String, Sendable, CaseIterable {
        /// A file that should hold a template is not UTF-8, not JSON, or has the wrong shape.
        case malformedFile
        /// The text is not a Jinja template.
        case syntax
        /// A tag that Assay does not run, such as `include` or `import`.
        case unsupportedTag
        /// A filter that Assay does not run.
        case unsupportedFilter
        /// A test after `is` that Assay does not run.
        case unsupportedTest
        /// A global or a call that Assay does not run.
        case unsupportedFunction
        /// An attribute or method that Assay does not give access to.
        case unsupportedAttribute
        /// An operation on values that Assay does not carry out.
        case unsupportedOperation
        /// A variable, attribute or item without a value was used where a value is needed.
        case undefinedValue
        /// A value of the wrong type or outside the range of an operation.
        case invalidValue
        /// A call with too many, too few or unknown arguments.
        case invalidArguments
        /// The template itself called `raise_exception`.
        case raised
        /// More steps than ``TemplateLimits/maxSteps``.
        case tooManySteps
        /// A template, text, list or range beyond its limit.
        case tooLarge
        /// Blocks, expressions, values or calls nested beyond their limit.
        case tooDeep
    }

    /// The rule that was broken.
    public let code: Code
    /// The file that holds the template.
    public let file: String
    /// The line of the template, from 1; 0 when the trouble is the file as a whole.
    public let line: Int
    /// What is wrong, without the place; for ``Code/raised`` the template's own message.
    public let reason: String

    /// An error on `line` of the template in `file`.
    public init(_ code: Code, file: String, line: Int, reason: String) {
        self.code = code
        self.file = file
        self.line = line
        self.reason = reason
    }

    /// One sentence that names the file and the line and says what to do.
    public var description: String {
        let place = line > 0 ? "\(file), line \(line)" : file
        return "\(place): \(reason); \(remedy)."
    }

    private var remedy: String {
        switch code {
        case .malformedFile: "restore the file from its publisher"
        case .syntax: "mend the template or restore it from its publisher"
        case .unsupportedTag, .unsupportedFilter, .unsupportedTest, .unsupportedFunction, .unsupportedAttribute,
            .unsupportedOperation:
            "read the template by hand, because Assay renders only the constructs that chat templates need"
        case .undefinedValue, .invalidValue, .invalidArguments: "mend the template or give it what it asks for"
        case .raised: "give the template the conversation that it asks for"
        case .tooManySteps, .tooLarge, .tooDeep:
            "read the template by hand, because it asks for far more than a chat template needs"
        }
    }
}
