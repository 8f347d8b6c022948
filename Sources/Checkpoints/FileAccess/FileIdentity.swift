import Glibc

/// What must stay the same of a file while it is read.
struct FileIdentity: Equatable, Sendable {
    let device: UInt
    let inode: UInt
    let size: Int
    /// Nanoseconds since 1970.
    let modified: Int
    /// Nanoseconds since 1970; unlike `modified`, no program can set it back.
    let changed: Int

    init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    private static func nanoseconds(_ time: timespec) -> Int {
        Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
    }

    /// The rule that `later` breaks, if any.
    func difference(from later: FileIdentity) -> (code: CheckpointError.Code, detail: String)? {
        if device != later.device || inode != later.inode {
            return (.replaced, "another file has taken its place since it was opened")
        }
        if size != later.size {
            return (.sizeChanged, "its size went from \(size) to \(later.size) bytes while it was read")
        }
        if modified != later.modified || changed != later.changed {
            return (.timeChanged, "it was modified while it was read")
        }
        return nil
    }
}
