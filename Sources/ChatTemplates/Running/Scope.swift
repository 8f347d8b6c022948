/// Variables of the template, of one pass of a loop, of one call of a macro or of one captured text.
final class Scope {
    let parent: Scope?
    private var variables: [String: Value] = [:]

    init(parent: Scope?) {
        self.parent = parent
    }

    /// The value under `name` here or outside.
    func value(of name: String) -> Value? {
        var scope: Scope? = self
        while let current = scope {
            if let value = current.variables[name] { return value }
            scope = current.parent
        }
        return nil
    }

    func set(_ name: String, to value: Value) {
        variables[name] = value
    }
}
