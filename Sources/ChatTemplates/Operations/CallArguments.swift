/// The values that a call was given.
struct CallArguments {
    var positional: [Value] = []
    var named: [(name: String, value: Value)] = []

    /// The arguments by parameter, `nil` where none was given.
    ///
    /// - Parameters:
    ///   - parameters: names in order; positional arguments fill them from the first.
    ///   - required: how many of them must be given.
    func bound(
        to parameters: [String], required: Int = 0, of function: String, _ meter: Meter
    ) throws(ChatTemplateError) -> [Value?] {
        guard positional.count <= parameters.count else {
            throw meter.failure(
                .invalidArguments, "'\(function)' takes at most \(parameters.count) arguments, not \(positional.count)")
        }
        var values: [Value?] = positional
        values += Array(repeating: nil, count: parameters.count - positional.count)
        for (name, value) in named {
            guard let place = parameters.firstIndex(of: name), values[place] == nil else {
                throw meter.failure(
                    .invalidArguments, "'\(function)' has no place for the argument '\(name.prefix(80))'")
            }
            values[place] = value
        }
        guard values.prefix(required).allSatisfy({ $0 != nil }) else {
            throw meter.failure(.invalidArguments, "'\(function)' needs \(required) arguments")
        }
        return values
    }

    /// The arguments without the first positional one.
    var rest: CallArguments { CallArguments(positional: Array(positional.dropFirst()), named: named) }
}
