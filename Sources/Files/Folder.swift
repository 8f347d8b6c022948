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

    /// Checks that an output folder is none of the inputs, under whatever name.
    ///
    /// - Parameter option: that names the output.
    /// - Throws: `AuditError` naming the path.
    public static func requireOther(_ output: String, option: String, than inputs: [String]) throws(AuditError) {
        func identity(_ path: String) -> [UInt] {
            var status = stat()
            return stat(path, &status) == 0 ? [UInt(status.st_dev), UInt(status.st_ino)] : []
        }
        let own = identity(output)
        guard own.isEmpty || !inputs.contains(where: { identity($0) == own }) else {
            throw AuditError(usage: "\(output): this is an input; give another folder as \(option)")
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
