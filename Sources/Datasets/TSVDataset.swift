/// Reads tab-separated data files: UTF-8, one row a line, no quoting.
///
/// The first line is a header of the names `label`, `text` and `text_pair`. A file whose first field is an integer has
/// no header: its columns are label, text and, with three fields, the second text. Lines end with a line feed, with or
/// without a carriage return; a byte order mark is skipped, and so are blank lines at the end.
public enum TSVDataset {
    /// The rows of a file of labelled texts.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: its name, for errors.
    ///   - labelCount: the number of classes, which every label must be below; `nil` if it is not known.
    ///   - limits: how much is accepted.
    public static func read(
        bytes: [UInt8], file: String, labelCount: Int?, limits: DatasetLimits = .default
    ) throws(DatasetError) -> [LabelledText] {
        var rows: [LabelledText] = []
        try forEachRow(bytes, file: file, labelCount: labelCount, needsLabel: true, limits: limits) {
            row, label, text, pair in
            if let label { rows.append(LabelledText(row: row, label: label, text: text, pair: pair)) }
        }
        return rows
    }

    /// The rows of a file of texts that may lack labels: its header may be `text` alone.
    public static func readTexts(
        bytes: [UInt8], file: String, labelCount: Int? = nil, limits: DatasetLimits = .default
    ) throws(DatasetError) -> [InputText] {
        var rows: [InputText] = []
        try forEachRow(bytes, file: file, labelCount: labelCount, needsLabel: false, limits: limits) {
            row, label, text, pair in
            rows.append(InputText(row: row, label: label, text: text, pair: pair))
        }
        return rows
    }

    private static func forEachRow(
        _ bytes: [UInt8], file: String, labelCount: Int?, needsLabel: Bool, limits: DatasetLimits,
        _ body: (_ row: Int, _ label: Int?, _ text: String, _ pair: String?) -> Void
    ) throws(DatasetError) {
        let reader = try TSVReader(bytes, file: file, limits: limits)
        guard let first = reader.lines.first else {
            throw DatasetError(.empty, file: file, reason: "the file is empty; give it a header and rows")
        }
        let names = try reader.fields(of: first, row: 1)
        let header = TSVColumns(header: names)
        let isHeaderless = header == nil && names.first.map { Int($0) != nil } ?? false
        guard let columns = isHeaderless ? TSVColumns(headerlessFields: names.count) : header,
            !needsLabel || columns.label != nil
        else {
            throw DatasetError(
                .invalidHeader, file: file, row: 1,
                reason: "the first line must name the columns "
                    + (needsLabel
                        ? "label, text and, for pairs, text_pair" : "text and, if there are any, label and text_pair")
                    + ", separated by tabs")
        }
        let start = isHeaderless ? 0 : 1
        guard reader.lines.count > start else {
            throw DatasetError(.empty, file: file, reason: "the file has a header but no rows; add some")
        }
        guard reader.lines.count - start <= limits.maxRows else {
            throw DatasetError(
                .tooLarge, file: file, reason: "the file has more than \(limits.maxRows) rows; give fewer")
        }
        for (index, line) in reader.lines.enumerated().dropFirst(start) {
            let row = index + 1
            let fields = try reader.fields(of: line, row: row)
            guard fields.count == columns.count else {
                throw DatasetError(
                    .invalidRow, file: file, row: row,
                    reason: fields == [""]
                        ? "the line is blank; remove it"
                        : "the line has \(fields.count) fields instead of \(columns.count); fields are separated by "
                            + "one tab and contain none")
            }
            let label = try columns.label.map { column throws(DatasetError) in
                try reader.label(fields[column], row: row, labelCount: labelCount)
            }
            body(row, label, fields[columns.text], columns.pair.map { fields[$0] })
        }
    }
}
