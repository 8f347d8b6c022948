import Glibc

/// Names that files have while they are written: ".NAME.assay-DIGITS.tmp", hidden and beside the file to be.
///
/// A writer holds a lock on its file for as long as it lives. What has such a name and no lock was left by one that was
/// killed.
enum TemporaryName {
    private static let mark = ".assay-"
    private static let ending = ".tmp"

    /// A name that nothing has yet.
    static func make(for name: String) -> String {
        ".\(name)\(mark)\(String(UInt64.random(in: .min ... .max), radix: 36))\(ending)"
    }

    static func isOne(_ entry: String) -> Bool {
        guard entry.hasPrefix("."), entry.hasSuffix(ending), let start = entry.ranges(of: mark).last else {
            return false
        }
        let digits = entry.utf8[start.upperBound...].dropLast(ending.utf8.count)
        return (1...13).contains(digits.count)
            && digits.allSatisfy { "0123456789abcdefghijklmnopqrstuvwxyz".utf8.contains($0) }
    }

    /// Removes what killed writers left in a folder, of this user's alone; what cannot be removed stays.
    static func removeStale(in folder: String) {
        guard let directory = try? Directory(path: folder), let entries = try? directory.entries() else { return }
        for entry in entries where isOne(entry) {
            let file = openat(directory.descriptor, entry, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard file >= 0 else { continue }
            defer { close(file) }
            var status = stat()
            guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
                flock(file, LOCK_EX | LOCK_NB) == 0
            else { continue }
            unlinkat(directory.descriptor, entry, 0)
        }
    }

    /// Locks a file that was just made; false when another run took it for a left one and removed it meanwhile.
    static func hold(_ descriptor: Int32) -> Bool {
        // Where there are no locks, no run can take one and remove the file.
        while flock(descriptor, LOCK_EX) != 0 { if errno != EINTR { return true } }
        var status = stat()
        return fstat(descriptor, &status) != 0 || status.st_nlink > 0
    }
}
