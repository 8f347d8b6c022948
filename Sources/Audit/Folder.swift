#if canImport(Glibc)
    import Glibc
#endif

/// Output folders.
public enum Folder {
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
