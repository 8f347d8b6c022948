import Glibc

extension ModelFolder {
    /// Whether `path` leads to a regular file that starts as a GGUF file does.
    static func isGGUF(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return false }
        // A link to a file is refused where the file is opened.
        return path.hasSuffix(".gguf") || (try? InputFile(path: path).firstBytes(4)) == Array("GGUF".utf8)
    }

    /// Opens a model in one GGUF file: the small files of a folder are made from its metadata, and the digest is of
    /// the file as a whole.
    convenience init(gguf path: String) throws(CheckpointError) {
        let model = try GGUFFile(path: path)
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let folder = parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent
        try self.init(
            made: model.files, path: path, directory: try Directory(path: folder), config: model.config,
            checkpoint: model.checkpoint, input: Input(file: model.input, digest: try model.input.digest()))
    }
}
