#if canImport(Glibc)
    import Glibc
#endif

/// Output folders.
public enum Folder {
    /// Checks that a folder can be made or is there to be written into, before any work is done for it.
    ///
    /// - Throws: `AuditError` naming the path and what stands in its way.
    public static func requireCreatable(_ path: String) throws(AuditError) {
        var prefix = path
        var status = stat()
        while stat(prefix.isEmpty ? "." : prefix, &status) != 0 {
            guard errno == ENOENT, !prefix.isEmpty, prefix != "/" else {
                throw AuditError(
                    "\(path): cannot create the folder (\(String(cString: strerror(errno)))); choose another")
            }
            let slash = prefix.lastIndex(of: "/")
            prefix = slash.map { $0 == prefix.startIndex ? "/" : String(prefix[..<$0]) } ?? ""
        }
        let place = prefix.isEmpty ? "." : prefix
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw AuditError("\(path): cannot create the folder (\(place) is a file); choose another")
        }
        guard access(place, W_OK | X_OK) == 0 else {
            throw AuditError(
                "\(path): cannot write there (\(place): \(String(cString: strerror(errno)))); choose another folder")
        }
    }

    /// Creates a folder and those above it; one that exists is fine.
    ///
    /// - Throws: `AuditError` naming the path and the system's reason.
    public static func create(_ path: String) throws(AuditError) {
        var prefix = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            prefix += part + "/"
            var status = stat()
            if mkdir(prefix, 0o777) != 0,
                errno != EEXIST || stat(prefix, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR
            {
                throw AuditError(
                    "\(path): cannot create the folder (\(String(cString: strerror(errno)))); choose another")
            }
        }
    }
}
