#if canImport(Glibc)
    import Glibc
#endif

/// Keeps a second program out of a folder for as long as this object lives.
public final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Creates the folder if it is not there, and locks it.
    ///
    /// - Parameter option: that names the folder on the command line, for the error.
    /// - Throws: `AuditError` when the folder cannot be made or another program has it.
    public init(folder: String, option: String) throws(AuditError) {
        try Folder.create(folder)
        descriptor = open(folder + "/lock", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw AuditError(
                "\(folder): another run is using this folder; wait for it or choose another \(option)")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
