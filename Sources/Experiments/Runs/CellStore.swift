import Files

/// The files of finished cells, one each.
struct CellStore: Sendable {
    let folder: String

    /// The record of a cell, failed or not; nil where there is none, or one of other inputs.
    func record(_ cell: PlannedCell) -> CellRecord? {
        guard let record = JSONFile.read(CellRecord.self, from: folder + "/" + cell.id.fileName, limit: 1 << 24),
            record.schemaVersion == CellRecord.currentSchemaVersion, record.key == cell.key, record.cell == cell.id,
            (record.measured == nil) != (record.error == nil)
        else { return nil }
        return record
    }

    /// The record of a cell that was measured.
    func finished(_ cell: PlannedCell) -> CellRecord? { record(cell).flatMap { $0.error == nil ? $0 : nil } }

    /// Writes a record whole or not at all.
    func save(_ record: CellRecord) throws {
        try JSONFile.write(record, to: folder + "/" + record.cell.fileName)
    }
}
