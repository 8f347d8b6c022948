/// Counts what a rendering costs, refuses what goes beyond the limits, and knows the line that is being run.
final class Meter {
    let file: String
    let limits: TemplateLimits
    var line = 1
    private var steps = 0

    init(file: String, limits: TemplateLimits) {
        self.file = file
        self.limits = limits
    }

    /// Counts `count` steps.
    func charge(_ count: Int = 1) throws(ChatTemplateError) {
        steps += count
        guard steps <= limits.maxSteps else {
            throw failure(.tooManySteps, "the template takes more than \(limits.maxSteps) steps")
        }
    }

    /// Counts the making of a text of `count` code points.
    func chargeText(_ count: Int) throws(ChatTemplateError) {
        guard count <= limits.maxText else {
            throw failure(.tooLarge, "the template makes a text of more than \(limits.maxText) code points")
        }
        try charge(1 + count / 8)
    }

    /// Counts the growth by `added` of a text to `count` code points.
    func chargeText(_ count: Int, adding added: Int) throws(ChatTemplateError) {
        guard count <= limits.maxText else { return try chargeText(count) }
        try charge(1 + added / 8)
    }

    /// Counts the making of a text of `count` times `length` code points.
    func chargeText(_ count: Int, times length: Int) throws(ChatTemplateError) {
        let (product, overflow) = count.multipliedReportingOverflow(by: length)
        try chargeText(overflow ? Int.max : product)
    }

    /// Counts the making of a list or mapping of `count` elements.
    func chargeElements(_ count: Int) throws(ChatTemplateError) {
        guard count <= limits.maxElements else {
            throw failure(.tooLarge, "the template makes a list of more than \(limits.maxElements) elements")
        }
        try charge(1 + count)
    }

    func failure(_ code: ChatTemplateError.Code, _ reason: String) -> ChatTemplateError {
        ChatTemplateError(code, file: file, line: line, reason: reason)
    }

    /// The error for an operation that `value` does not have.
    func unfit(_ value: Value, for operation: String) -> ChatTemplateError {
        switch value {
        case .undefined(let name):
            failure(.undefinedValue, "'\(name.prefix(80))' is undefined, and \(operation) needs it")
        case .markup, .namespace, .stream, .loop, .macro, .function, .method:
            failure(.unsupportedOperation, "\(operation) of \(value.kind) is not run")
        default: failure(.invalidValue, "\(value.kind) does not fit \(operation)")
        }
    }

    /// `elements` as a list or another ordered collection, refused when it holds references or too many levels.
    func array(_ kind: ArrayValue.Kind, _ elements: [Value]) throws(ChatTemplateError) -> Value {
        try chargeElements(elements.count)
        for element in elements { try checkData(element) }
        return .array(ArrayValue(kind, elements))
    }

    /// Refuses a value that a list, mapping or namespace cannot hold.
    func checkData(_ value: Value) throws(ChatTemplateError) {
        guard value.isData else {
            throw failure(.unsupportedOperation, "keeping \(value.kind) inside another value is not run")
        }
        guard value.depth < limits.maxNesting else {
            throw failure(.tooDeep, "values are nested deeper than \(limits.maxNesting) levels")
        }
    }
}
