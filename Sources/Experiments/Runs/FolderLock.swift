import Audit

#if canImport(Glibc)
    import Glibc
#endif

/// Keeps a second program out of a folder for as long as this object lives.
final class FolderLock {
    private let descriptor: Int32

    /// - Throws: `AuditError` where another program has it.
    init(folder: String) throws {
        try Folder.create(folder)
        descriptor = open(folder + "/lock", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw AuditError("\(folder): another run is using this folder; wait for it or choose another --models")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
