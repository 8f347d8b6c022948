import ArgumentParser
import Checkpoints
import Files
import Kernels
import StrictJSON
import Synchronization
import Tokenizers

#if canImport(Glibc)
    import Glibc
#endif

struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Print the token ids of each line of standard input, one line a text.",
        discussion: """
            The ids are those of a model input, special tokens included, cut only with --max-length.

            EXAMPLES
              assay tokenize model < texts.txt
              assay tokenize model --json --no-special-tokens < texts.jsonl
            """)

    @Argument(help: ArgumentHelp("Folder with the tokenizer's files.", valueName: "model")) var model: String
    @Flag(help: "Each line is a JSON string.") var json = false
    @Flag(help: "Leave special tokens out.") var noSpecialTokens = false
    @Flag(help: "Print the time that tokenizing took to standard error.") var time = false
    @Option(help: "Tokens of one text. (default: no limit)") var maxLength: Int?
    @OptionGroup var threads: ThreadOption

    /// Lines that one thread takes at once.
    private static let batch = 256

    func validate() throws {
        if let maxLength, maxLength < 0 { throw ValidationError("--max-length must not be negative") }
    }

    func run() throws {
        try Console.run {
            let tokenizer = try TokenizerLoader.load(Self.files(in: model))
            let lines = try texts(StandardInput.lines())
            let start = ContinuousClock.now
            let encodings = encode(lines, tokenizer)
            let spent = start.duration(to: .now)
            for part in encodings {
                try Console.out(part.map { $0.map(String.init).joined(separator: " ") + "\n" }.joined())
            }
            if time {
                let seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
                let bytes = lines.reduce(0) { $0 + $1.utf8.count }
                Console.error("lines=\(lines.count) bytes=\(bytes) seconds=\(seconds) threads=\(threads.count)\n")
            }
        }
    }

    /// The ids of all texts, in batches.
    private func encode(_ texts: [String], _ tokenizer: any Tokenizer) -> [[[Int32]]] {
        let batches = (texts.count + Self.batch - 1) / Self.batch
        let results = Mutex([[[Int32]]](repeating: [], count: batches))
        Workers(threads: threads.count).forEach(batches) { index, _ in
            let part = texts[index * Self.batch..<min(texts.count, (index + 1) * Self.batch)]
            let ids = part.map { text in
                noSpecialTokens
                    ? Array(tokenizer.pieces(text).prefix(maxLength ?? .max))
                    : tokenizer.encode(text, pair: nil, maxLength: maxLength ?? .max).ids
            }
            results.withLock { $0[index] = ids }
        }
        return results.withLock { $0 }
    }

    private func texts(_ lines: [String]) throws -> [String] {
        if !json { return lines }
        return try lines.enumerated().map { index, line in
            guard let text = try? JSONValue(parsing: Array(line.utf8)).stringValue else {
                throw AuditError("standard input: line \(index + 1) is not a JSON string")
            }
            return text
        }
    }

    /// The tokenizer files of a folder that need not hold a model.
    private static func files(in folder: String) throws -> TokenizerFiles {
        var files = TokenizerFiles(
            folderName: folder, tokenizerJSON: try bytes(of: "tokenizer.json", in: folder),
            tokenizerConfig: try bytes(of: "tokenizer_config.json", in: folder),
            vocabularyText: try bytes(of: "vocab.txt", in: folder),
            vocabularyJSON: try bytes(of: "vocab.json", in: folder),
            mergesText: try bytes(of: "merges.txt", in: folder),
            sentencePieceModel: try TokenizerFiles.sentencePieceNames.first { try bytes(of: $0, in: folder) != nil },
            specialTokensMap: try bytes(of: "special_tokens_map.json", in: folder),
            addedTokens: try bytes(of: "added_tokens.json", in: folder))
        files.modelType = try bytes(of: "config.json", in: folder).map { try ModelConfig(parsing: $0).modelType }
        return files
    }

    private static func bytes(of name: String, in folder: String) throws -> [UInt8]? {
        do {
            return try InputFile(path: "\(folder)/\(name)").bytes()
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}

/// What a command is given on standard input.
enum StandardInput {
    /// Lines without their line feed; the last one may lack it.
    static func lines() throws -> [String] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = block.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw AuditError("standard input cannot be read") }
            if count == 0 { break }
            bytes.append(contentsOf: block[..<count])
        }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        return try lines.enumerated().map { index, line in
            guard let text = String(validating: line, as: UTF8.self) else {
                throw AuditError("standard input: line \(index + 1) is not UTF-8")
            }
            return text
        }
    }
}
