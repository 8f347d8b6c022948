import Checkpoints
import Tensors
import Tokenizers
import Transformers

/// The pre-trained model that every suspect of a table is made from.
struct BaseModel: Sendable {
    let folder: ModelFolder
    let tokenizer: any Tokenizer

    init(path: String) throws {
        folder = try ModelFolder(path: path)
        tokenizer = try folder.tokenizer()
    }

    /// Its files by name, size and hash.
    var digests: [InputDigest] { folder.digests }

    /// Parameters, as the checkpoint stores them.
    var parameterCount: Int {
        folder.checkpoint.tensors.filter { $0.dtype.isFloatingPoint }.reduce(0) { $0 + $1.elementCount }
    }
}
