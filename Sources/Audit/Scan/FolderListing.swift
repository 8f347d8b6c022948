import Files
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The files of a folder and of those below it, without following a link; or one file alone.
struct FolderListing {
    /// The folder that the files are in.
    let root: String
    /// Paths relative to the folder, sorted by bytes.
    private(set) var files: [String] = []
    /// Links, sockets and the like, which are not opened.
    private(set) var notFiles: [String] = []
    /// Folders that are not entered: what version control and caches keep.
    private(set) var skipped: [String] = []

    private static let mostEntries = 20_000
    private static let deepest = 16
    private static let notEntered = [".git", ".cache"]

    /// - Throws: `AuditError` when the folder cannot be listed or holds more than a model's folder does.
    init(_ path: String) throws(AuditError) {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            let folder = parts.dropLast().joined(separator: "/")
            root = folder.isEmpty ? (parts.count > 1 ? "/" : ".") : folder
            files = parts.last.map { [String($0)] } ?? []
            return
        }
        root = path
        try add("", of: path, depth: 0)
        files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard !files.isEmpty else {
            throw AuditError("\(path): there is no file in this folder; give the folder that holds config.json")
        }
    }

    private mutating func add(_ relative: String, of root: String, depth: Int) throws(AuditError) {
        let folder = relative.isEmpty ? root : root + "/" + relative
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            let reason = FileManager.default.fileExists(atPath: folder) ? "cannot be listed" : "does not exist"
            throw AuditError("\(folder): this folder \(reason); give the folder of a model")
        }
        for name in names.sorted() {
            let path = relative.isEmpty ? name : relative + "/" + name
            var status = stat()
            guard lstat(root + "/" + path, &status) == 0 else {
                throw AuditError("\(folder)/\(name): it cannot be examined; check its permissions")
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG: files.append(path)
            case S_IFDIR where Self.notEntered.contains(name): skipped.append(path)
            case S_IFDIR where depth < Self.deepest: try add(path, of: root, depth: depth + 1)
            default: notFiles.append(path)
            }
            guard files.count + notFiles.count <= Self.mostEntries else {
                throw AuditError(
                    "\(root): it holds more than \(Self.mostEntries) files; give the folder of one model")
            }
        }
    }
}
