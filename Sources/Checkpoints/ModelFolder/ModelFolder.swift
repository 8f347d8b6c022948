import Glibc
import StrictJSON
import Synchronization

/// A model as a folder: configuration, weights and the small files beside them. A GGUF file is read as the folder that
/// it can be converted to.
///
/// Every file is opened once, without following a symbolic link, and its digest is of what that descriptor reads.
public final class ModelFolder: Sendable {
    /// The path as it was given.
    public let path: String
    /// The folder's name, without the folders above it.
    public let name: String
    /// `config.json`.
    public let config: ModelConfig
    /// The weights.
    public let checkpoint: Checkpoint
    /// Code and templates that came with the model, which are reported and never run.
    public let customCode: [String]

    private let directory: Directory
    /// The small files, by name, of a model that is one file and has no others.
    private let made: [String: [UInt8]]?
    /// The model that lends its tokenizer's files.
    private let tokenizerSource: ModelFolder?
    private let inputs: Mutex<[Input]>

    /// A file that was read, still open.
    struct Input: Sendable {
        let file: InputFile
        let digest: InputDigest
    }

    /// Files that take part in tokenizing, read into ``digests`` when the folder is opened.
    public static let tokenizerFiles = [
        "added_tokens.json", "chat_template.jinja", "merges.txt", "sentencepiece.bpe.model", "special_tokens_map.json",
        "spiece.model",
        "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt",
    ]

    /// Those of them that hold a vocabulary.
    private static let vocabularyFiles = [
        "sentencepiece.bpe.model", "spiece.model", "tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt",
    ]

    /// Opens and validates the folder or the GGUF file at `path` and hashes its files.
    public convenience init(path: String) throws(CheckpointError) {
        if Self.isGGUF(path) {
            try self.init(gguf: path)
            return
        }
        let directory = try Directory(path: path)
        let entries = try directory.entries()
        // An adapter has no config.json, and is to be named as one.
        if entries.contains("adapter_config.json") { _ = try WeightsChoice(entries, folder: path) }
        let (configuration, bytes) = try Self.smallFile("config.json", in: directory)
        let config = try ModelConfig(parsing: bytes)
        if let other = config.json["transformers_weights"], !other.isNull {
            throw CheckpointError(
                .foreignWeights, file: "config.json",
                detail: "its \"transformers_weights\" names other weights than those that are read")
        }
        let weights = try Self.openWeights(in: directory, entries: entries)
        try self.init(
            directory: directory, entries: entries, config: config, checkpoint: weights.checkpoint,
            inputs: [configuration] + weights.inputs)
    }

    /// Reads and hashes the small files beside weights that are open.
    ///
    /// - Parameter tokenizerSource: the model whose tokenizer it is where the folder has none.
    init(
        directory: Directory, entries: [String], config: ModelConfig, checkpoint: Checkpoint, inputs: [Input],
        tokenizerSource: ModelFolder? = nil
    ) throws(CheckpointError) {
        var inputs = inputs
        var tokenizerConfig: [UInt8]?
        for file in Self.tokenizerFiles where entries.contains(file) {
            let (input, bytes) = try Self.smallFile(file, in: directory)
            inputs.append(input)
            if file == "tokenizer_config.json" { tokenizerConfig = bytes }
        }
        customCode = try Self.customCode(entries: entries, config: config.json, tokenizerConfig: tokenizerConfig)
        let hasTokenizer = entries.contains { Self.vocabularyFiles.contains($0) }
        self.tokenizerSource = hasTokenizer ? nil : tokenizerSource
        path = directory.path
        name = Self.name(of: directory.path)
        self.directory = directory
        made = nil
        self.config = config
        self.checkpoint = checkpoint
        self.inputs = Mutex(inputs)
    }

    /// A model in one file, with the small files that are made of it.
    init(
        made: [String: [UInt8]], path: String, directory: Directory, config: ModelConfig, checkpoint: Checkpoint,
        input: Input
    ) throws(CheckpointError) {
        customCode = try Self.customCode(
            entries: [], config: config.json, tokenizerConfig: made["tokenizer_config.json"])
        tokenizerSource = nil
        self.path = path
        name = Self.name(of: path)
        self.directory = directory
        self.made = made
        self.config = config
        self.checkpoint = checkpoint
        inputs = Mutex([input])
    }

    /// Whether the model is one file and not a folder.
    public var isOneFile: Bool { made != nil }

    /// The same folder with another view of its weights.
    init(_ other: ModelFolder, config: ModelConfig, checkpoint: Checkpoint) {
        path = other.path
        name = other.name
        customCode = other.customCode
        directory = other.directory
        made = other.made
        tokenizerSource = other.tokenizerSource
        self.config = config
        self.checkpoint = checkpoint
        inputs = Mutex(other.inputs.withLock { $0 })
    }

    /// Name, size and SHA-256 of every file read so far, sorted by name.
    public var digests: [InputDigest] {
        inputs.withLock { $0.map(\.digest) }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The content of a small file of the folder, such as `tokenizer.json`; `nil` if there is none.
    ///
    /// - Throws: ``CheckpointError/Code/unsafeName`` unless `file` is one plain name,
    ///   ``CheckpointError/Code/fileTooLarge`` above 64 MiB, ``CheckpointError/Code/contentChanged`` when the file was
    ///   read before with other content.
    public func bytes(of file: String) throws(CheckpointError) -> [UInt8]? {
        try Self.checkPlain(file)
        if let made { return made[file] }
        if let tokenizerSource, Self.tokenizerFiles.contains(file) { return try tokenizerSource.bytes(of: file) }
        if let known = inputs.withLock({ $0.first { $0.file.name.utf8.elementsEqual(file.utf8) } }) {
            let bytes = try known.file.bytes()
            guard InputDigest(name: file, of: bytes) == known.digest else {
                throw CheckpointError(.contentChanged, file: file, detail: "it was read twice with different content")
            }
            return bytes
        }
        do {
            let (input, bytes) = try Self.smallFile(file, in: directory)
            inputs.withLock { inputs in
                if !inputs.contains(where: { $0.file.name.utf8.elementsEqual(file.utf8) }) { inputs.append(input) }
            }
            return bytes
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// Checks that every file read is still what it was; to be called before a verdict is given.
    public func verifyUnchanged() throws(CheckpointError) {
        try checkpoint.verifyUnchanged()
        for input in inputs.withLock({ $0 }) { try input.file.verifyUnchanged() }
    }
}
