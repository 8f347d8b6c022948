/// The opcodes of protocol 2 that are interpreted.
enum PickleOpcode: UInt8 {
    case mark = 0x28  // (
    case stop = 0x2E  // .
    case none = 0x4E  // N
    case newTrue = 0x88
    case newFalse = 0x89
    case binaryInt = 0x4A  // J
    case binaryInt1 = 0x4B  // K
    case binaryInt2 = 0x4D  // M
    case long1 = 0x8A
    case binaryFloat = 0x47  // G
    case binaryUnicode = 0x58  // X
    case shortBinaryString = 0x55  // U
    case emptyTuple = 0x29  // )
    case tuple = 0x74  // t
    case tuple1 = 0x85
    case tuple2 = 0x86
    case tuple3 = 0x87
    case emptyList = 0x5D  // ]
    case append = 0x61  // a
    case appends = 0x65  // e
    case emptyDict = 0x7D  // }
    case setItem = 0x73  // s
    case setItems = 0x75  // u
    case emptySet = 0x8F
    case put = 0x71  // q
    case longPut = 0x72  // r
    case get = 0x68  // h
    case longGet = 0x6A  // j
    case global = 0x63  // c
    case persistentID = 0x51  // Q
    case reduce = 0x52  // R
    case newObject = 0x81
    case build = 0x62  // b
}

extension PickleMachine {
    mutating func execute(_ opcode: PickleOpcode) throws(CheckpointError) {
        switch opcode {
        case .stop: break
        case .mark: try mark()
        case .none: try push(.none)
        case .newTrue: try push(.bool(true))
        case .newFalse: try push(.bool(false))
        case .binaryInt: try push(.int(Int(Int32(truncatingIfNeeded: try number(4)))))
        case .binaryInt1: try push(.int(Int(try number(1))))
        case .binaryInt2: try push(.int(Int(try number(2))))
        case .long1: try push(.int(try long()))
        case .binaryFloat: try push(.float(Double(bitPattern: try number(8).byteSwapped)))
        case .binaryUnicode: try push(.text(try text(length: Int(try number(4)))))
        case .shortBinaryString: try push(.text(try text(length: Int(try number(1)))))
        case .emptyTuple: try makeTuple([])
        case .tuple: try makeTuple(try popToMark())
        case .tuple1: try makeTuple(try popLast(1))
        case .tuple2: try makeTuple(try popLast(2))
        case .tuple3: try makeTuple(try popLast(3))
        case .emptyList: try makeList()
        case .append: try append(try popLast(1))
        case .appends: try append(try popToMark())
        case .emptyDict: try push(.dict(try makeDictionary()))
        case .setItem: try setItems(try popLast(2))
        case .setItems: try setItems(try popToMark())
        case .emptySet: try push(.set)
        case .put: try remember(try number(1))
        case .longPut: try remember(try number(4))
        case .get: try recall(try number(1))
        case .longGet: try recall(try number(4))
        case .global: try push(.global(try global()))
        case .persistentID: try push(try persistent(try pop()))
        case .reduce: try reduce()
        case .newObject: try newObject()
        case .build: try build()
        }
    }

    /// The topmost values, the lowest of them first.
    private mutating func popLast(_ count: Int) throws(CheckpointError) -> [PickleValue] {
        var values: [PickleValue] = []
        for _ in 0..<count { values.append(try pop()) }
        return values.reversed()
    }

    /// A two's-complement number of up to 255 bytes, of which eight are accepted.
    private mutating func long() throws(CheckpointError) -> Int {
        let bytes = try take(Int(try number(1)))
        guard bytes.count <= 8 else { throw error(.pickleNumber, "holds a number beyond 64 bits") }
        guard let last = bytes.last else { return 0 }
        let start: UInt64 = last & 0x80 != 0 ? .max : 0
        return Int(truncatingIfNeeded: bytes.reversed().reduce(start) { $0 << 8 | UInt64($1) })
    }

    private mutating func text(length: Int) throws(CheckpointError) -> String {
        guard let text = String(validating: try take(length), as: UTF8.self) else {
            throw error(.pickleText, "holds a text that is not UTF-8")
        }
        return text
    }

    private mutating func global() throws(CheckpointError) -> PickleGlobal {
        let (module, name) = (String(decoding: try line(), as: UTF8.self), String(decoding: try line(), as: UTF8.self))
        guard let global = PickleGlobal(module: module, name: name) else {
            throw error(
                .pickleGlobal,
                "refers to \(CheckpointError.quote(module + "." + name)), which could run code or "
                    + "is not needed for weights")
        }
        return global
    }
}
