/// The members of a zip file that stores all of them uncompressed, as `torch.save` does.
///
/// Readers of zip files disagree where its records do, which hides members from scanners; here every record must agree
/// with every other one, and the members must tile the file from its start to the central directory.
struct ZipArchive {
    /// A stored file.
    struct Member {
        let name: String
        /// Its bytes in the archive.
        let data: Range<Int>
        /// CRC-32 as recorded; 0 where it was not computed.
        let checksum: UInt32
    }

    /// Most members that are accepted: more than tensors in any model.
    static let maxMembers = 250_000
    /// Bytes of the longest central directory that is read.
    static let maxDirectory = 64 << 20

    /// In the order of the central directory.
    let members: [Member]

    /// Reads and checks all records, not yet the members' content.
    init(_ input: InputFile) throws(CheckpointError) {
        let end = try ZipEnd(input)
        var reader = LittleEndianReader(try input.bytes(in: end.directory))
        var entries: [ZipEntry] = []
        var names = Set<[UInt8]>()
        for _ in 0..<end.count {
            let entry = try ZipEntry(central: &reader, file: input.path)
            guard names.insert(Array(entry.name.utf8)).inserted else {
                throw CheckpointError(
                    .zipDuplicateName, file: input.path,
                    detail: "two of its members are called \(CheckpointError.quote(entry.name))")
            }
            entries.append(entry)
        }
        guard reader.remaining == 0 else {
            throw CheckpointError(
                .zipMalformed, file: input.path, detail: "its directory is longer than its \(end.count) entries")
        }
        let order = entries.indices.sorted { entries[$0].offset < entries[$1].offset }
        var members = [Member?](repeating: nil, count: entries.count)
        var covered = 0
        for (place, index) in order.enumerated() {
            let entry = entries[index]
            guard entry.offset <= covered else {
                throw CheckpointError(
                    .zipHole, file: input.path,
                    detail: "bytes from \(covered) to \(entry.offset) belong to none of its members")
            }
            guard entry.offset == covered else { throw Self.overlap(entry, input) }
            let next = place + 1 < order.count ? entries[order[place + 1]].offset : end.directory.lowerBound
            let data = try entry.locate(in: input, next: next)
            members[index] = Member(name: entry.name, data: data, checksum: entry.checksum)
            covered = next
        }
        guard covered == end.directory.lowerBound else {
            throw CheckpointError(.zipHole, file: input.path, detail: "bytes before its directory belong to no member")
        }
        self.members = members.compactMap { $0 }
    }

    static func overlap(_ entry: ZipEntry, _ input: InputFile) -> CheckpointError {
        CheckpointError(
            .zipOverlap, file: input.path,
            detail: "member \(CheckpointError.quote(entry.name)) shares bytes with another one")
    }
}

/// Where the central directory lies, by the records at the file's end.
struct ZipEnd {
    /// Bytes of the central directory.
    let directory: Range<Int>
    /// How many members it lists.
    let count: Int

    private static let length = 22
    private static let locatorLength = 20
    private static let wideLength = 56

    init(_ input: InputFile) throws(CheckpointError) {
        func malformed(_ detail: String) -> CheckpointError {
            CheckpointError(.zipMalformed, file: input.path, detail: detail)
        }
        guard input.size >= Self.length else { throw malformed("it is too short for a zip file") }
        let start = input.size - Self.length
        var end = LittleEndianReader(try input.bytes(in: start..<input.size))
        guard end.number(4) == 0x0605_4B50, end.number(4) == 0, let here = end.number(2), let count = end.number(2),
            let size = end.number(4), let offset = end.number(4), end.number(2) == 0
        else { throw malformed("its last \(Self.length) bytes are not the end record of an undivided zip file") }
        var fields = (here: here, count: count, size: size, offset: offset)
        var stop = start
        if let wide = try Self.wide(input, before: start) {
            // Each narrow field gives the same number or says that it is too small for it.
            guard [0xFFFF, wide.count].contains(here), [0xFFFF, wide.count].contains(count),
                [0xFFFF_FFFF, wide.size].contains(size), [0xFFFF_FFFF, wide.offset].contains(offset)
            else { throw malformed("its two end records disagree") }
            fields = (wide.count, wide.count, wide.size, wide.offset)
            stop = wide.start
        }
        guard fields.here == fields.count, fields.count <= ZipArchive.maxMembers,
            fields.size <= ZipArchive.maxDirectory, let offset = Int(exactly: fields.offset),
            offset <= stop, stop - offset == Int(fields.size)
        else { throw malformed("its directory does not lie where its end record says, or is too large") }
        directory = offset..<stop
        self.count = Int(fields.count)
    }

    /// The zip64 end record, if its locator stands before the end record.
    private static func wide(
        _ input: InputFile, before end: Int
    ) throws(CheckpointError) -> (start: Int, count: UInt64, size: UInt64, offset: UInt64)? {
        guard end >= locatorLength else { return nil }
        var locator = LittleEndianReader(try input.bytes(in: end - locatorLength..<end))
        guard locator.number(4) == 0x0706_4B50 else { return nil }
        let start = end - locatorLength - wideLength
        if start >= 0, locator.number(4) == 0, locator.number(8) == UInt64(start), locator.number(4) == 1 {
            var record = LittleEndianReader(try input.bytes(in: start..<start + wideLength))
            if record.number(4) == 0x0606_4B50, record.number(8) == 44, record.take(4) != nil, record.number(8) == 0,
                let here = record.number(8), let count = record.number(8), here == count,
                let size = record.number(8), let offset = record.number(8)
            {
                return (start, count, size, offset)
            }
        }
        throw CheckpointError(.zipMalformed, file: input.path, detail: "its zip64 end record is not as it must be")
    }
}
