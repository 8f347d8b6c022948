import Glibc

/// A folder held open, so that all of its files are found in the same one whatever happens to its path.
final class Directory: Sendable {
    let path: String
    let descriptor: Int32

    /// Opens the folder at `path`; the path itself may lead through symbolic links.
    init(path: String) throws(CheckpointError) {
        let opened = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else {
            let number = errno
            throw CheckpointError(
                number == ENOENT ? .notFound : .cannotOpen, file: path,
                detail: "the folder cannot be opened (\(SystemError.text(number)))")
        }
        self.path = path
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    /// Names of all entries, sorted by UTF-8 bytes; a name that is not UTF-8 is repaired, for showing only.
    func entries() throws(CheckpointError) -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            let number = errno
            if copy >= 0 { close(copy) }
            throw CheckpointError(
                .readFailed, file: path, detail: "the folder cannot be listed (\(SystemError.text(number)))")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// Messages for `errno` values.
enum SystemError {
    static func text(_ number: Int32) -> String {
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
}
