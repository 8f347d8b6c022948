/// E-PUR's remedy: anomalous word-embedding rows go back to the base's.
public enum EmbeddingPurification {
    /// Resets `rows` of the suspect's embedding matrix to the base's rows; all others stay.
    ///
    /// Nothing is written when a row does not exist in both models.
    ///
    /// - Parameters:
    ///   - rows: row numbers, the token ids; repeated ones do no harm.
    ///   - suspect: the suspect's matrix, rows × width, changed in place.
    ///   - base: the base's matrix, rows × width; may have another number of rows.
    ///   - width: elements of a row, the hidden size.
    ///   - name: the tensor's name, for errors.
    public static func reset(
        rows: [Int], of suspect: UnsafeMutableBufferPointer<Float>, to base: UnsafeBufferPointer<Float>, width: Int,
        name: String
    ) throws(RemedyError) {
        for count in [suspect.count, base.count] where width < 1 || count % width != 0 {
            throw .width(name: name, width: width, count: count)
        }
        let shared = min(suspect.count, base.count) / width
        for row in rows where row < 0 || row >= shared { throw .row(name: name, row: row, rows: shared) }
        for row in rows {
            for i in (row * width)..<((row + 1) * width) { suspect[i] = base[i] }
        }
    }
}
