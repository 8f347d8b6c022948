/// How much work and memory one template may cost before Assay refuses it.
public struct TemplateLimits: Sendable, Equatable {
    /// Code points of the template itself.
    public var maxSource = 1 << 20
    /// Steps of one rendering: each statement and expression costs one, long texts and lists cost their length too.
    public var maxSteps = 2_000_000
    /// Code points of any text that a rendering makes, its output included.
    public var maxText = 4 << 20
    /// Elements of any list, mapping or range.
    public var maxElements = 100_000
    /// Levels of blocks, of expressions and of values inside values.
    public var maxNesting = 64
    /// Macros that wait for one another.
    public var maxCalls = 64
    /// Statements and expressions that wait for one another, over all macros; this bounds the stack.
    public var maxDepth = 600

    /// Limits that every published chat template stays far below.
    public init() {}

    /// The limits that an audit uses.
    public static let `default` = TemplateLimits()
}
