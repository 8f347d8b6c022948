/// Lines and fields of a file, checked against limits.
struct TSVReader {
    let file: String
    let limits: DatasetLimits
    /// All lines without their ends; blank ones at the end of the file are left out.
    let lines: [ArraySlice<UInt8>]

    init(_ bytes: [UInt8], file: String, limits: DatasetLimits) throws(DatasetError) {
        self.file = file
        self.limits = limits
        lines = try DataLines(bytes, file: file, limits: limits).all
    }

    /// The fields of a line.
    func fields(of line: ArraySlice<UInt8>, row: Int) throws(DatasetError) -> [String] {
        guard line.count <= limits.maxLineBytes else {
            throw tooLong("line", limits.maxLineBytes, row: row)
        }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw DatasetError(
                .invalidUTF8, file: file, row: row, reason: "the line is not UTF-8; save the file as UTF-8")
        }
        let fields = text.utf8.split(separator: 0x09, omittingEmptySubsequences: false)
        guard fields.allSatisfy({ $0.count <= limits.maxFieldBytes }) else {
            throw tooLong("field", limits.maxFieldBytes, row: row)
        }
        return fields.map { String(Substring($0)) }
    }

    /// The class that a field names.
    func label(_ field: String, row: Int, labelCount: Int?) throws(DatasetError) -> Int {
        guard let label = Int(field) else {
            throw DatasetError(
                .invalidLabel, file: file, row: row, reason: "the label must be a whole number such as 0 or 1")
        }
        let highest = labelCount.map { $0 - 1 } ?? limits.maxLabel
        guard label >= 0, label <= highest else {
            throw DatasetError(
                .labelOutOfRange, file: file, row: row,
                reason: "the label is \(label), but it must be from 0 to \(highest); correct it")
        }
        return label
    }

    private func tooLong(_ part: String, _ limit: Int, row: Int) -> DatasetError {
        DatasetError(
            .tooLarge, file: file, row: row, reason: "a \(part) is longer than \(limit) bytes; shorten it")
    }
}
