/// A member as the central directory describes it.
struct ZipEntry {
    let name: String
    /// Where its local header starts.
    let offset: Int
    let size: Int
    let checksum: UInt32
    private let flags: UInt64

    /// Flag bits that are accepted: sizes behind the data (3), and names in UTF-8 (11).
    private static let descriptorFollows: UInt64 = 1 << 3
    private static let acceptedFlags = descriptorFollows | 1 << 11

    /// Reads one record of the central directory.
    init(central reader: inout LittleEndianReader, file: String) throws(CheckpointError) {
        guard reader.number(4) == 0x0201_4B50, reader.take(4) != nil, let flags = reader.number(2),
            let method = reader.number(2), reader.take(4) != nil, let checksum = reader.number(4),
            let stored = reader.number(4), let size = reader.number(4), let nameLength = reader.number(2),
            let extraLength = reader.number(2), let commentLength = reader.number(2), let disk = reader.number(2),
            reader.take(6) != nil, let offset = reader.number(4), let nameBytes = reader.take(Int(nameLength)),
            let extra = reader.take(Int(extraLength)), reader.take(Int(commentLength)) != nil, disk == 0
        else { throw CheckpointError(.zipMalformed, file: file, detail: "its directory is cut short or damaged") }
        let name = try Self.name(nameBytes, file: file)
        try Self.check(flags: flags, method: method, name: name, file: file)
        // Fields that are too small for their number stand in the zip64 extra field, in this order.
        guard let wide = Self.wideNumbers(extra),
            case let (sizes, rest)? = Self.widened([size, stored, offset], by: wide), rest.isEmpty,
            sizes[0] == sizes[1],
            let bytes = Int(exactly: sizes[0]), let start = Int(exactly: sizes[2])
        else {
            throw CheckpointError(
                .zipMalformed, file: file,
                detail: "the directory's sizes of member \(CheckpointError.quote(name)) make no sense")
        }
        self.name = name
        self.flags = flags
        self.checksum = UInt32(truncatingIfNeeded: checksum)
        self.size = bytes
        self.offset = start
    }

    /// Where the member's data lies, after its local header, and data descriptor if any, were found to agree.
    ///
    /// - Parameter next: where the next record starts, up to which the member's reach.
    func locate(in input: InputFile, next: Int) throws(CheckpointError) -> Range<Int> {
        let quoted = CheckpointError.quote(name)
        let fixed = 30
        guard next - offset >= fixed else { throw ZipArchive.overlap(self, input) }
        var reader = LittleEndianReader(try input.bytes(in: offset..<min(next, offset + fixed + 2 * 0xFFFF)))
        guard reader.number(4) == 0x0403_4B50, reader.take(2) != nil, reader.number(2) == flags,
            reader.number(2) == 0, reader.take(4) != nil, let checksum = reader.number(4),
            let stored = reader.number(4),
            let size = reader.number(4), let nameLength = reader.number(2), let extraLength = reader.number(2),
            let nameBytes = reader.take(Int(nameLength)), nameBytes.elementsEqual(name.utf8),
            let extra = reader.take(Int(extraLength)), let wide = Self.wideNumbers(extra),
            // Writers put numbers here that no field of this header calls for.
            case let (sizes, rest)? = Self.widened([size, stored], by: wide),
            rest.allSatisfy({ $0 == UInt64(self.size) || $0 == UInt64(offset) })
        else {
            throw CheckpointError(
                .zipHeadersDisagree, file: input.path,
                detail: "the header of member \(quoted) is not what the directory says")
        }
        let expected = UInt64(self.size)
        let isDescribed = flags & Self.descriptorFollows != 0
        let isOpen = isDescribed && sizes.allSatisfy { $0 == 0 }
        guard isOpen || sizes.allSatisfy({ $0 == expected }),
            checksum == UInt64(self.checksum) || (isDescribed && checksum == 0)
        else {
            throw CheckpointError(
                .zipHeadersDisagree, file: input.path,
                detail: "the header of member \(quoted) gives another size or checksum than the directory")
        }
        let start = offset + reader.position
        let end = start.addingReportingOverflow(self.size)
        guard !end.overflow, end.partialValue <= next else { throw ZipArchive.overlap(self, input) }
        if isDescribed {
            try checkDescriptor(try input.bytes(in: end.partialValue..<min(next, end.partialValue + 25)), input)
        } else if end.partialValue != next {
            throw CheckpointError(
                .zipHole, file: input.path, detail: "bytes after member \(quoted) belong to none of its members")
        }
        return start..<end.partialValue
    }

    /// A data descriptor has numbers of 4 or 8 bytes, with or without its signature; its length tells which.
    private func checkDescriptor(_ bytes: [UInt8], _ input: InputFile) throws(CheckpointError) {
        var reader = LittleEndianReader(bytes)
        let width = bytes.count >= 20 ? 8 : 4
        let hasSignature = bytes.count == 4 + 4 + 2 * width
        let signature = hasSignature ? reader.number(4) : 0x0807_4B50
        guard signature == 0x0807_4B50, reader.number(4) == UInt64(checksum), reader.number(width) == UInt64(size),
            reader.number(width) == UInt64(size), reader.remaining == 0
        else {
            throw CheckpointError(
                .zipDescriptorDisagrees, file: input.path,
                detail: "what follows member \(CheckpointError.quote(name)) is not a descriptor as the directory has it"
            )
        }
    }

    private static func check(
        flags: UInt64, method: UInt64, name: String, file: String
    ) throws(CheckpointError) {
        let quoted = CheckpointError.quote(name)
        // Bit 0, and bit 6 or 13 with it: encrypted data, strongly, or an encrypted directory.
        guard flags & (1 | 1 << 6 | 1 << 13) == 0 else {
            throw CheckpointError(.zipEncrypted, file: file, detail: "member \(quoted) is encrypted")
        }
        guard method == 0 else {
            throw CheckpointError(
                .zipCompressed, file: file, detail: "member \(quoted) is compressed (method \(method)), not stored")
        }
        guard flags & ~acceptedFlags == 0 else {
            throw CheckpointError(.zipMalformed, file: file, detail: "member \(quoted) has unknown flags")
        }
    }

    /// A path inside the archive: plain names joined by `/`.
    private static func name(_ bytes: ArraySlice<UInt8>, file: String) throws(CheckpointError) -> String {
        let name = String(validating: bytes, as: UTF8.self)
        let isPlain = name?.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
                && !$0.contains(UInt8(ascii: "\\")) && !$0.contains(0)
        }
        guard let name, isPlain == true else {
            throw CheckpointError(
                .zipUnsafeName, file: file,
                detail:
                    "a member's name, \(CheckpointError.quote(String(decoding: bytes, as: UTF8.self))), is no plain path"
            )
        }
        return name
    }

    /// The numbers of the zip64 extra field, none without it; `nil` for extra fields that are no sequence of records.
    private static func wideNumbers(_ extra: ArraySlice<UInt8>) -> [UInt64]? {
        var reader = LittleEndianReader(Array(extra))
        var numbers: [UInt64]?
        while reader.remaining > 0 {
            guard let id = reader.number(2), let length = reader.number(2), let body = reader.take(Int(length)) else {
                return nil
            }
            guard id == 1 else { continue }
            guard numbers == nil, length % 8 == 0, length <= 24 else { return nil }
            var fields = LittleEndianReader(Array(body))
            numbers = (0..<Int(length) / 8).compactMap { _ in fields.number(8) }
        }
        return numbers ?? []
    }

    /// Replaces each field that is too small for its number; `nil` when numbers lack.
    private static func widened(
        _ fields: [UInt64], by wide: [UInt64]
    ) -> (fields: [UInt64], rest: ArraySlice<UInt64>)? {
        var rest = wide[...]
        var widened: [UInt64] = []
        for field in fields {
            guard field == 0xFFFF_FFFF else {
                widened.append(field)
                continue
            }
            guard let number = rest.popFirst() else { return nil }
            widened.append(number)
        }
        return (widened, rest)
    }
}
