/// The lines of a data file, without their ends; blank ones at the end of the file are left out.
///
/// Lines end with a line feed, with or without a carriage return; a byte order mark is skipped.
struct DataLines {
    let all: [ArraySlice<UInt8>]

    /// Checks the file's size and that it has no NUL bytes.
    init(_ bytes: [UInt8], file: String, limits: DatasetLimits) throws(DatasetError) {
        guard bytes.count <= limits.maxBytes else {
            throw DatasetError(
                .tooLarge, file: file, reason: "the file is larger than \(limits.maxBytes) bytes; give a smaller one")
        }
        guard !bytes.contains(0) else {
            throw DatasetError(
                .binary, file: file, reason: "the file has NUL bytes, so it is not text; give a text file")
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var lines = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0)
            .split(
                separator: 0x0A, maxSplits: limits.maxRows.addingReportingOverflow(2).partialValue,
                omittingEmptySubsequences: false
            )
            .map { $0.last == 0x0D ? $0.dropLast() : $0 }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        all = lines
    }
}
