import Glibc

/// Files that appear whole or not at all.
public enum AtomicFile {
    /// Writes `bytes` to a temporary name beside `path`, flushes them to the disk and renames.
    ///
    /// A file that is there already is replaced; when this throws, it is untouched and the temporary one is gone. That
    /// of a run that was killed goes when something is next written to the folder.
    public static func write(_ bytes: [UInt8], to path: String) throws(CheckpointError) {
        let file = try TemporaryFile(for: path)
        try file.write(bytes, at: 0)
        try file.commit()
    }
}

/// A file under a temporary name, removed unless it is committed.
final class TemporaryFile {
    let path: String
    let descriptor: Int32
    private let temporaryPath: String
    private let parent: String
    private var isCommitted = false

    /// Creates an empty temporary file in the folder of `path`, from which those that were left go.
    init(for path: String) throws(CheckpointError) {
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = components.last ?? ""
        let folder = components.dropLast().joined(separator: "/")
        parent = folder.isEmpty ? (components.count > 1 ? "/" : ".") : folder
        self.path = path
        TemporaryName.removeStale(in: parent)
        while true {
            let temporary = "\(parent)/\(TemporaryName.make(for: String(name)))"
            let created = Glibc.open(temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
            guard created >= 0 else { throw Self.error(errno, path: path) }
            if TemporaryName.hold(created) {
                (temporaryPath, descriptor) = (temporary, created)
                return
            }
            close(created)
        }
    }

    deinit {
        if !isCommitted { unlink(temporaryPath) }
        close(descriptor)
    }

    /// Writes all of `bytes` at byte `offset`.
    func write(_ bytes: [UInt8], at offset: Int) throws(CheckpointError) {
        var done = 0
        while done < bytes.count {
            let (count, number) = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
                return (pwrite(descriptor, rest.baseAddress, rest.count, offset + done), errno)
            }
            if count < 0, number == EINTR { continue }
            guard count > 0 else { throw Self.error(number, path: path) }
            done += count
        }
    }

    /// Flushes the file, gives it its name and flushes the folder.
    func commit() throws(CheckpointError) {
        guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else { throw Self.error(errno, path: path) }
        isCommitted = true
        let folder = Glibc.open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func error(_ number: Int32, path: String) -> CheckpointError {
        CheckpointError(.cannotWrite, file: path, detail: "it cannot be written (\(SystemError.text(number)))")
    }
}
