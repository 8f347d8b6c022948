import Crypto
import Glibc

/// An input file: opened once without following a link, then hashed, read and mapped through that descriptor.
public final class InputFile: Sendable {
    /// As named by the caller, or the name inside its folder.
    public let path: String
    /// The last component of ``path``.
    public let name: String
    /// Bytes when it was opened.
    public let size: Int

    let descriptor: Int32
    private let identity: FileIdentity
    private let directory: Directory?

    /// Opens the regular file at `path`; folders on the way may be links, the file may not.
    public convenience init(path: String) throws(CheckpointError) {
        try self.init(path: path, in: nil)
    }

    /// Opens the regular file `path`, relative to `directory` if there is one.
    init(path: String, in directory: Directory?) throws(CheckpointError) {
        let base = directory?.descriptor ?? AT_FDCWD
        // A pipe without a writer would block; O_NONBLOCK lets it be opened and refused.
        let opened = openat(base, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard opened >= 0 else { throw Self.openingError(errno, path: path) }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            let number = errno
            close(opened)
            throw CheckpointError(
                .cannotOpen, file: path, detail: "it cannot be examined (\(SystemError.text(number)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw CheckpointError(.notRegularFile, file: path, detail: "it is not a regular file")
        }
        self.path = path
        self.directory = directory
        name = path.split(separator: "/").last.map { String($0) } ?? path
        descriptor = opened
        identity = FileIdentity(status)
        size = identity.size
    }

    deinit {
        close(descriptor)
    }

    private static func openingError(_ number: Int32, path: String) -> CheckpointError {
        switch number {
        case ENOENT: CheckpointError(.notFound, file: path, detail: "there is no such file")
        case ELOOP, EMLINK:
            CheckpointError(
                .symbolicLink, file: path,
                detail: "it is a symbolic link, as in a Hugging Face cache, and none is followed")
        default:
            CheckpointError(.cannotOpen, file: path, detail: "it cannot be opened (\(SystemError.text(number)))")
        }
    }
}

extension InputFile {
    /// The whole file.
    ///
    /// - Throws: ``CheckpointError/Code/fileTooLarge`` above `limit` bytes, ``CheckpointError/Code/sizeChanged`` when
    ///   it is shorter than it was when opened.
    public func bytes(limit: Int = 64 << 20) throws(CheckpointError) -> [UInt8] {
        guard size <= limit else {
            throw CheckpointError(
                .fileTooLarge, file: path, detail: "it holds \(size) bytes, and at most \(limit) are read")
        }
        return try bytes(in: 0..<size)
    }

    /// The bytes of `range`, which must lie inside the file.
    func bytes(in range: Range<Int>) throws(CheckpointError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= size else {
            throw CheckpointError(
                .readFailed, file: path, detail: "bytes \(range) were asked for, and it holds \(size)")
        }
        var bytes = [UInt8](repeating: 0, count: range.count)
        try bytes.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            try read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound)
        }
        return bytes
    }

    /// Fills `buffer` with the bytes from `offset` on, which must lie inside the file.
    ///
    /// - Throws: ``CheckpointError/Code/sizeChanged`` when the file has become shorter; the content of `buffer` is then
    ///   void.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(CheckpointError) {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = pread(descriptor, rest.baseAddress, rest.count, offset + filled)
            filled += try checked(count, errno)
        }
    }

    /// The SHA-256 of the whole file, read in blocks that stay in a core's second-level cache.
    public func digest() throws(CheckpointError) -> InputDigest {
        var hash = SHA256()
        var block = [UInt8](repeating: 0, count: min(size, 1 << 17))
        var done = 0
        while done < size {
            try block.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
                let part = UnsafeMutableRawBufferPointer(
                    UnsafeMutableBufferPointer(rebasing: buffer.prefix(size - done)))
                try read(into: part, at: done)
                hash.update(bufferPointer: UnsafeRawBufferPointer(part))
                done += part.count
            }
        }
        return InputDigest(name: name, size: size, sha256: hash.finalize().hexadecimal)
    }

    /// Checks that the file and its name are still what was opened.
    ///
    /// - Throws: ``CheckpointError/Code/sizeChanged``, ``CheckpointError/Code/timeChanged`` or
    ///   ``CheckpointError/Code/replaced``.
    public func verifyUnchanged() throws(CheckpointError) {
        // The name first: replacing or removing a file also changes its times.
        var status = stat()
        guard fstatat(directory?.descriptor ?? AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw CheckpointError(.replaced, file: path, detail: "it is no longer there")
        }
        if let difference = identity.difference(from: FileIdentity(status)) {
            throw CheckpointError(difference.code, file: path, detail: difference.detail)
        }
        try verifyContentUnchanged()
    }

    /// Checks size and times through the descriptor, whatever the name now leads to.
    func verifyContentUnchanged() throws(CheckpointError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw CheckpointError(.readFailed, file: path, detail: "it cannot be examined (\(SystemError.text(errno)))")
        }
        if let difference = identity.difference(from: FileIdentity(status)) {
            throw CheckpointError(difference.code, file: path, detail: difference.detail)
        }
    }

    private func checked(_ count: Int, _ number: Int32) throws(CheckpointError) -> Int {
        if count > 0 { return count }
        if count < 0, number == EINTR { return 0 }
        guard count == 0 else {
            throw CheckpointError(.readFailed, file: path, detail: "reading failed (\(SystemError.text(number)))")
        }
        throw CheckpointError(.sizeChanged, file: path, detail: "it ended before its \(size) bytes were read")
    }
}
