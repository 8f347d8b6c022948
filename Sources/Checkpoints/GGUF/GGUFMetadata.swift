/// The metadata of a GGUF file, read by key and checked.
struct GGUFMetadata {
    let header: GGUFHeader
    /// Name of the file, for errors.
    let file: String

    /// The integer under `key`, which must lie in `range`; `nil` where there is none.
    func optionalInteger(_ key: String, in range: ClosedRange<Int>) throws(CheckpointError) -> Int? {
        guard let value = header[key] else { return nil }
        guard let integer = value.intValue, range.contains(integer) else {
            throw wrong(key, "an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(CheckpointError) -> Int {
        guard let value = try optionalInteger(key, in: range) else { throw missing(key) }
        return value
    }

    /// The number under `key`, which must lie in `range`; `nil` where there is none.
    func optionalNumber(_ key: String, in range: ClosedRange<Double>) throws(CheckpointError) -> Double? {
        guard let value = header[key] else { return nil }
        guard let number = value.doubleValue, range.contains(number) else {
            throw wrong(key, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func number(_ key: String, in range: ClosedRange<Double>) throws(CheckpointError) -> Double {
        guard let value = try optionalNumber(key, in: range) else { throw missing(key) }
        return value
    }

    /// The Boolean under `key`; `nil` where there is none.
    func optionalBool(_ key: String) throws(CheckpointError) -> Bool? {
        guard let value = header[key] else { return nil }
        guard let bool = value.boolValue else { throw wrong(key, "a Boolean") }
        return bool
    }

    /// The text under `key`; `nil` where there is none.
    func optionalString(_ key: String) throws(CheckpointError) -> String? {
        guard let value = header[key] else { return nil }
        guard let string = value.stringValue else { throw wrong(key, "a string") }
        return string
    }

    func string(_ key: String) throws(CheckpointError) -> String {
        guard let value = try optionalString(key) else { throw missing(key) }
        return value
    }

    /// The elements under `key`, each as `element` reads it; `nil` where there are none.
    func optionalArray<Element>(
        _ key: String, of kind: String, _ element: (GGUFValue) -> Element?
    ) throws(CheckpointError) -> [Element]? {
        guard let value = header[key] else { return nil }
        guard let array = value.arrayValue else { throw wrong(key, "an array of \(kind)") }
        var elements: [Element] = []
        elements.reserveCapacity(array.count)
        for value in array {
            guard let read = element(value) else { throw wrong(key, "an array of \(kind)") }
            elements.append(read)
        }
        return elements
    }

    func array<Element>(
        _ key: String, of kind: String, _ element: (GGUFValue) -> Element?
    ) throws(CheckpointError) -> [Element] {
        guard let array = try optionalArray(key, of: kind, element) else { throw missing(key) }
        return array
    }

    private func missing(_ key: String) -> CheckpointError {
        CheckpointError(.ggufMetadata, file: file, detail: "its metadata lack \"\(key)\"")
    }

    private func wrong(_ key: String, _ expected: String) -> CheckpointError {
        CheckpointError(.ggufMetadata, file: file, detail: "\"\(key)\" of its metadata is not \(expected)")
    }
}
