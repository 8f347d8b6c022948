/// Interprets a pickle as data: it builds values of known kinds and calls nothing.
///
/// Opcodes are those of protocol 2 that PyTorch's own weights-only loader accepts, globals the few that a state dict
/// needs. Whatever PyTorch would do beyond that is refused, not imitated (CVE-2025-32434, CVE-2026-24747).
struct PickleMachine {
    /// Bytes of the longest pickle that is read.
    static let maxLength = 64 << 20
    /// Values on the stack, those below marks included.
    static let maxStack = 1 << 20
    /// Values that are remembered.
    static let maxMemo = 4_000_000
    /// Values in all tuples, lists and dictionaries, and containers themselves.
    static let maxValues = 8_000_000
    /// Bytes of a dictionary's key, which is a tensor's name.
    static let longestKey = 4_096
    /// Dimensions of a tensor: those that PyTorch itself takes.
    static let mostDimensions = 64

    /// The members of a dictionary in order, and where each key stands.
    struct Dictionary {
        var members: [(key: String, value: PickleValue)] = []
        /// Keys by their bytes, which `String` does not compare.
        var keys = Set<[UInt8]>()
    }

    /// For errors.
    let file: String
    private(set) var reader: LittleEndianReader
    var stack: [PickleValue] = []
    /// Heights of the stack at which marks stand.
    private var marks: [Int] = []
    private var memo: [UInt64: PickleValue] = [:]
    private(set) var tuples: [[PickleValue]] = []
    private(set) var lists: [[PickleValue]] = []
    private(set) var dictionaries: [Dictionary] = []
    var storages: [PyTorchStorage] = []
    /// Indices into `storages` by key.
    var storageIndices: [[UInt8]: Int] = [:]
    var views: [PyTorchView] = []
    private var valueCount = 0

    /// Runs the whole pickle and returns the value that it describes.
    static func run(
        _ bytes: [UInt8], file: String
    ) throws(CheckpointError) -> (machine: PickleMachine, result: PickleValue) {
        var machine = PickleMachine(bytes, file: file)
        let result = try machine.run()
        return (machine, result)
    }

    private init(_ bytes: [UInt8], file: String) {
        reader = LittleEndianReader(bytes)
        self.file = file
    }

    private mutating func run() throws(CheckpointError) -> PickleValue {
        guard reader.remaining <= Self.maxLength else {
            throw error(.pickleTooLarge, "holds \(reader.remaining) bytes, and at most \(Self.maxLength) are read")
        }
        guard reader.number(1) == 0x80, let version = reader.number(1) else {
            throw error(.pickleProtocol, "does not start with a protocol")
        }
        guard version == 2 else { throw error(.pickleProtocol, "is of protocol \(version), not 2") }
        while true {
            guard let code = reader.number(1) else { throw truncated() }
            guard let opcode = PickleOpcode(rawValue: UInt8(truncatingIfNeeded: code)) else {
                throw error(.pickleOpcode, "uses opcode 0x\(String(code, radix: 16)), which state dicts do not need")
            }
            if opcode == .stop { break }
            try execute(opcode)
        }
        let result = try pop()
        guard stack.isEmpty, marks.isEmpty else { throw error(.pickleStack, "ends with values left on its stack") }
        guard reader.remaining == 0 else { throw error(.pickleTrailingData, "goes on after its end") }
        return result
    }

    func error(_ code: CheckpointError.Code, _ detail: String) -> CheckpointError {
        CheckpointError(code, file: file, detail: "its pickle \(detail)")
    }

    func truncated() -> CheckpointError { error(.pickleTruncated, "is cut short") }
}

// MARK: - Stack, memo and tables

extension PickleMachine {
    mutating func push(_ value: PickleValue) throws(CheckpointError) {
        guard stack.count + marks.count < Self.maxStack else {
            throw error(.pickleStackTooDeep, "puts more than \(Self.maxStack) values on its stack")
        }
        stack.append(value)
    }

    /// The top of the stack, no further down than the last mark.
    mutating func pop() throws(CheckpointError) -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.popLast() else {
            throw error(.pickleStack, "takes values from an empty stack")
        }
        return value
    }

    mutating func mark() throws(CheckpointError) {
        guard stack.count + marks.count < Self.maxStack else {
            throw error(.pickleStackTooDeep, "puts more than \(Self.maxStack) values on its stack")
        }
        marks.append(stack.count)
    }

    mutating func popToMark() throws(CheckpointError) -> [PickleValue] {
        guard let mark = marks.popLast() else { throw error(.pickleStack, "asks for a mark that is not there") }
        let values = Array(stack[mark...])
        stack.removeLast(values.count)
        return values
    }

    mutating func remember(_ key: UInt64) throws(CheckpointError) {
        guard memo.count < Self.maxMemo else {
            throw error(.pickleMemoTooLarge, "remembers more than \(Self.maxMemo) values")
        }
        guard stack.count > (marks.last ?? 0), let value = stack.last else {
            throw error(.pickleStack, "remembers a value that is not there")
        }
        memo[key] = value
    }

    mutating func recall(_ key: UInt64) throws(CheckpointError) {
        guard let value = memo[key] else { throw error(.pickleMemoMissing, "recalls value \(key), which it never set") }
        try push(value)
    }

    mutating func take(_ count: Int) throws(CheckpointError) -> ArraySlice<UInt8> {
        guard let bytes = reader.take(count) else { throw truncated() }
        return bytes
    }

    mutating func number(_ width: Int) throws(CheckpointError) -> UInt64 {
        guard let number = reader.number(width) else { throw truncated() }
        return number
    }

    mutating func line() throws(CheckpointError) -> ArraySlice<UInt8> {
        guard let line = reader.take(until: UInt8(ascii: "\n")) else { throw truncated() }
        return line
    }

    mutating func makeTuple(_ values: [PickleValue]) throws(CheckpointError) {
        try count(values.count + 1)
        tuples.append(values)
        try push(.tuple(tuples.count - 1))
    }

    mutating func makeList() throws(CheckpointError) {
        try count(1)
        lists.append([])
        try push(.list(lists.count - 1))
    }

    /// An empty dictionary's index.
    mutating func makeDictionary() throws(CheckpointError) -> Int {
        try count(1)
        dictionaries.append(Dictionary())
        return dictionaries.count - 1
    }

    /// Appends to the list at the top of the stack.
    mutating func append(_ values: [PickleValue]) throws(CheckpointError) {
        guard stack.count > (marks.last ?? 0), case .list(let list)? = stack.last else {
            throw error(.pickleAppend, "appends to something that is no list")
        }
        try count(values.count)
        lists[list] += values
    }

    /// Sets keys and values, by turns, in the dictionary at the top of the stack.
    mutating func setItems(_ values: [PickleValue]) throws(CheckpointError) {
        guard stack.count > (marks.last ?? 0) else { throw error(.pickleStack, "takes values from an empty stack") }
        let target: Int
        switch stack.last {
        case .dict(let index), .orderedDict(let index): target = index
        default: throw error(.pickleSetItem, "sets items of something that is no dictionary")
        }
        guard values.count % 2 == 0 else { throw error(.pickleSetItem, "sets a key without a value") }
        try count(values.count)
        for index in stride(from: 0, to: values.count, by: 2) {
            guard case .text(let key) = values[index] else {
                throw error(.pickleSetItem, "has a dictionary key that is no text")
            }
            guard key.utf8.count <= Self.longestKey else {
                throw error(.pickleSetItem, "has a dictionary key of \(key.utf8.count) bytes")
            }
            guard dictionaries[target].keys.insert(Array(key.utf8)).inserted else {
                throw error(.pickleDuplicateKey, "sets key \(CheckpointError.quote(key)) twice")
            }
            dictionaries[target].members.append((key, values[index + 1]))
        }
    }

    private mutating func count(_ values: Int) throws(CheckpointError) {
        valueCount += values
        guard valueCount <= Self.maxValues else {
            throw error(.pickleTooManyValues, "holds more than \(Self.maxValues) values")
        }
    }
}
