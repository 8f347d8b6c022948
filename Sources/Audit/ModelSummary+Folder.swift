import Checkpoints
import Findings
import Tensors

extension ModelSummary {
    /// A model as the report shows it.
    ///
    /// - Parameter code: digests of the code that came with it.
    init(_ folder: ModelFolder, code: [InputDigest]) {
        let files = FileDigest.sorted(folder.digests + code)
        self.init(
            name: folder.name, architecture: folder.config.modelType,
            parameterCount: folder.checkpoint.parameterCount, tensorCount: folder.checkpoint.tensors.count,
            labels: folder.config.labels, files: files, sha256: FileDigest.digest(of: files))
    }
}

extension FileDigest {
    init(_ digest: InputDigest) { self.init(name: digest.name, size: digest.size, sha256: digest.sha256) }

    /// Files by name, each once.
    static func sorted(_ digests: [InputDigest]) -> [FileDigest] {
        Set(digests).map(FileDigest.init).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// What `sha256sum` gives for its own output on these files.
    static func digest(of files: [FileDigest]) -> String {
        let list = files.map { "\($0.sha256)  \($0.name)\n" }.joined()
        return InputDigest(name: "", of: Array(list.utf8)).sha256
    }
}

extension ModelFolder {
    /// Digests of the regular files among the code that came with the model.
    func codeDigests() throws(CheckpointError) -> [InputDigest] {
        var digests: [InputDigest] = []
        for name in customCode where !name.contains(": ") {
            do {
                digests.append(try InputFile(path: path + "/" + name).digest())
            } catch {
                // A link or folder of this name stays in the list of code, and has no content of its own to hash.
                guard error.code == .symbolicLink || error.code == .notRegularFile else { throw error }
            }
        }
        return digests
    }
}

extension Checkpoint {
    /// Elements of the tensors that a model computes with.
    var parameterCount: Int {
        tensors.filter { $0.dtype.isFloatingPoint }.reduce(0) { $0 + $1.elementCount }
    }
}
