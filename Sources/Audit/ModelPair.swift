public import Checkpoints
import Files
import Findings
import Forensics
import Tensors
public import Tokenizers
import Transformers

/// Suspect and base, opened and validated, with their tokenizers.
public struct ModelPair: Sendable {
    public let suspect: ModelFolder
    public let base: ModelFolder
    /// The base with the suspect's vocabulary size, on which the suspect's tokens can run.
    let runnableBase: ModelFolder
    public let suspectTokenizer: any Tokenizer
    public let baseTokenizer: any Tokenizer
    /// The models as the report shows them.
    let suspectSummary: ModelSummary
    let baseSummary: ModelSummary
    /// Which tensors belong together.
    let matching: TensorMatching

    /// Opens both folders, hashing their files at the same time.
    ///
    /// - Parameters:
    ///   - baseSHA256: digest that the base's weights must have; nil accepts any.
    ///   - threads: that share the hashing.
    /// - Throws: an error whose description names the file and says what to do.
    public init(suspect: String, base: String, baseSHA256: String? = nil, threads: Int) throws {
        let opened = ModelFolder.open(suspect: suspect, base: base, threads: threads)
        self.base = try Self.inFolder(base) { try opened.base.get() }
        self.suspect = try Self.inFolder(suspect) { try opened.suspect.get() }
        if let expected = baseSHA256?.lowercased() {
            let suffixes = [".safetensors", ".bin", ".pt", ".pth", ".gguf"]
            let isPinned = self.base.digests.contains { file in
                file.sha256 == expected && suffixes.contains { file.name.hasSuffix($0) }
            }
            guard isPinned else {
                throw AuditError(
                    "\(base): no weights file has SHA-256 \(expected); this is not the base that was pinned")
            }
        }
        suspectTokenizer = try self.suspect.tokenizer()
        baseTokenizer = try self.base.tokenizer()
        suspectSummary = try Self.summary(self.suspect)
        baseSummary = try Self.summary(self.base)
        matching = TensorMatching(suspect: self.suspect.checkpoint, base: self.base.checkpoint)
        try matching.requireComparable(suspect: suspect, base: base)
        let rows = matching.wordEmbeddings?.suspect.shape.first
        runnableBase = try rows.map { [base = self.base] in try base.resized(vocabulary: $0) } ?? self.base
    }

    /// Fails when a file changed while it was read: such a verdict would speak of nothing.
    public func verifyUnchanged() throws {
        try Self.inFolder(suspect.path) { try suspect.verifyUnchanged() }
        try Self.inFolder(base.path) { try base.verifyUnchanged() }
    }

    private static func summary(_ folder: ModelFolder) throws -> ModelSummary {
        try inFolder(folder.path) { ModelSummary(folder, code: try folder.codeDigests()) }
    }

    /// Errors name files of a folder; this names the folder too.
    public static func inFolder<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as CheckpointError {
            throw AuditError(error.file.hasPrefix(path) ? error.description : "\(path)/\(error.description)")
        }
    }
}
