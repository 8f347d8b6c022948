/// A function that every template can call.
enum Builtin: String, CaseIterable {
    case raiseException = "raise_exception"
    case namespace, range, dict
    case formattedDate = "strftime_now"

    /// Names that Jinja defines and Assay does not run; reading one is refused rather than taken as undefined.
    static let hidden: Set<String> = ["self", "caller", "varargs", "kwargs", "lipsum", "cycler", "joiner", "context"]
}
