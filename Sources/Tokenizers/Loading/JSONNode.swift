import StrictJSON

/// An object inside a JSON file, with its place for errors.
struct JSONNode {
    let object: JSONObject
    /// Where it is, such as `model` or `added_tokens[3]`; the file itself is the empty path.
    let path: String
    let file: String

    /// The object that a whole file holds.
    init(parsing bytes: [UInt8], file: String) throws(TokenizerError) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw TokenizerError(.malformedJSON, file: file, reason: "\(error); get the file again")
        }
        try self.init(value, path: "", file: file)
    }

    /// `value`, which must be an object.
    init(_ value: JSONValue, path: String, file: String) throws(TokenizerError) {
        guard let object = value.objectValue else {
            throw TokenizerError(
                .invalidField, file: file, reason: "\(path.isEmpty ? "the file" : path) must be a JSON object")
        }
        self.object = object
        self.path = path
        self.file = file
    }

    /// The value under `key`; `nil` when absent or null.
    func value(_ key: String) -> JSONValue? {
        object[key].flatMap { $0.isNull ? nil : $0 }
    }

    /// The object under `key`; `nil` when absent or null.
    func optionalNode(_ key: String) throws(TokenizerError) -> JSONNode? {
        guard let value = value(key) else { return nil }
        return try JSONNode(value, path: place(key), file: file)
    }

    /// The object under `key`.
    func node(_ key: String) throws(TokenizerError) -> JSONNode {
        guard let node = try optionalNode(key) else { throw invalid(key, "must be a JSON object") }
        return node
    }

    /// The array under `key`; empty when absent or null.
    func array(_ key: String) throws(TokenizerError) -> [JSONValue] {
        guard let value = value(key) else { return [] }
        guard let array = value.arrayValue else { throw invalid(key, "must be an array") }
        return array
    }

    /// The objects of the array under `key`; none when absent or null.
    func nodes(_ key: String) throws(TokenizerError) -> [JSONNode] {
        var nodes: [JSONNode] = []
        for (index, value) in try array(key).enumerated() {
            nodes.append(try JSONNode(value, path: "\(place(key))[\(index)]", file: file))
        }
        return nodes
    }

    /// The string under `key`.
    func string(_ key: String) throws(TokenizerError) -> String {
        guard let string = value(key)?.stringValue else { throw invalid(key, "must be a string") }
        return string
    }

    /// The Boolean under `key`.
    func bool(_ key: String) throws(TokenizerError) -> Bool {
        guard let bool = try optionalBool(key) else { throw invalid(key, "must be true or false") }
        return bool
    }

    /// The Boolean under `key`, or `other` when it is absent or null.
    func bool(_ key: String, default other: Bool) throws(TokenizerError) -> Bool { try optionalBool(key) ?? other }

    /// The Boolean under `key`; `nil` when absent or null.
    func optionalBool(_ key: String) throws(TokenizerError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let bool = value.boolValue else { throw invalid(key, "must be true or false") }
        return bool
    }

    /// The integer under `key`, which must lie in `range`.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(TokenizerError) -> Int {
        guard let integer = value(key)?.intValue, range.contains(integer) else {
            throw invalid(key, "must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    /// The place of `key`, for errors.
    func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// An error about the value under `key`.
    func invalid(_ key: String, _ rule: String) -> TokenizerError {
        TokenizerError(.invalidField, file: file, reason: "\(place(key)) \(rule)")
    }

    /// An error about a component that is not run.
    func unsupported(_ component: String, _ type: String, supported: [String]) -> TokenizerError {
        TokenizerError(
            .unsupportedComponent, file: file,
            reason: "the \(component) \(quoted(type)) is not supported; supported: \(supported.joined(separator: ", "))"
        )
    }
}
