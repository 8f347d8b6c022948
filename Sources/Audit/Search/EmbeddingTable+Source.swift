import Probes
import Tensors
import Transformers

extension EmbeddingTable {
    /// The word embeddings of a model that is not loaded.
    init(_ source: ClassifierSource) throws {
        let table = source.architecture.wordEmbeddings
        let values = FloatBuffer(count: table.count)
        try withExtendedLifetime(values) { try source.read(table, into: values.floats) }
        self.init(values, rows: table.rows, columns: table.columns)
    }
}
