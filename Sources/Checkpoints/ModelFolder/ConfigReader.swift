import StrictJSON

/// Typed, range-checked access to the entries of a configuration file.
struct ConfigReader {
    let json: JSONObject
    let file: String

    /// Far above any published configuration, label lists and added tokens included.
    private static let limits = JSONLimits(maxBytes: 8 << 20, maxValues: 500_000)

    /// Parses a file whose content must be an object.
    static func object(parsing bytes: [UInt8], file: String) throws(CheckpointError) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: limits)
        } catch {
            let code: CheckpointError.Code =
                switch error.kind {
                case .duplicateKey: .configDuplicateKey
                case .tooDeep: .configTooDeep
                case .tooLarge: .configTooLarge
                case .syntax, .invalidText, .numberRange: .configNotJSON
                }
            throw CheckpointError(code, file: file, detail: "it is not acceptable JSON (\(error))")
        }
        guard let object = value.objectValue else {
            throw CheckpointError(.configNotObject, file: file, detail: "it is not a JSON object")
        }
        return object
    }

    func integer(_ key: String, in range: ClosedRange<Int>, default: Int?) throws(CheckpointError) -> Int {
        guard let entry = present(key) else { return try fallback(`default`, for: key) }
        guard let value = entry.intValue else { throw wrongType(key, expected: "an integer") }
        guard range.contains(value) else {
            throw CheckpointError(
                .configOutOfRange, file: file,
                detail: "\"\(key)\" is \(value), outside \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func number(_ key: String, in range: ClosedRange<Double>, default: Double?) throws(CheckpointError) -> Double {
        guard let entry = present(key) else { return try fallback(`default`, for: key) }
        guard let value = entry.doubleValue else { throw wrongType(key, expected: "a number") }
        guard range.contains(value) else {
            throw CheckpointError(
                .configOutOfRange, file: file,
                detail: "\"\(key)\" is \(value), outside \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func string(_ key: String, default: String?) throws(CheckpointError) -> String {
        guard let value = try optionalString(key) else { return try fallback(`default`, for: key) }
        return value
    }

    func optionalString(_ key: String) throws(CheckpointError) -> String? {
        guard let entry = present(key) else { return nil }
        guard let value = entry.stringValue else { throw wrongType(key, expected: "a string") }
        return value
    }

    func bool(_ key: String, default: Bool?) throws(CheckpointError) -> Bool {
        guard let entry = present(key) else { return try fallback(`default`, for: key) }
        guard let value = entry.boolValue else { throw wrongType(key, expected: "true or false") }
        return value
    }

    func require(_ key: String, toEqual size: Int, of tensor: String) throws(CheckpointError) {
        guard let entry = present(key) else { return }
        guard let value = entry.intValue else { throw wrongType(key, expected: "an integer") }
        guard value == size else {
            throw CheckpointError(
                .configDisagreesWithTensor, file: file,
                detail: "\"\(key)\" is \(value), and the shape of tensor \(CheckpointError.quote(tensor)) says \(size)")
        }
    }

    /// The entry under `key`, unless it is absent or `null`.
    func present(_ key: String) -> JSONValue? {
        guard let entry = json[key], !entry.isNull else { return nil }
        return entry
    }

    func wrongType(_ key: String, expected: String) -> CheckpointError {
        CheckpointError(.configWrongType, file: file, detail: "\"\(key)\" is not \(expected)")
    }

    private func fallback<Value>(_ value: Value?, for key: String) throws(CheckpointError) -> Value {
        guard let value else {
            throw CheckpointError(.configKeyMissing, file: file, detail: "\"\(key)\" is missing")
        }
        return value
    }
}
