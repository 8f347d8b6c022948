import Dispatch
import Glibc
import Synchronization

extension ModelFolder {
    /// Opens several folders at once, on up to `threads` threads: most of the time goes into hashing, file by file.
    ///
    /// - Returns: for each path its folder or why it was refused.
    public static func open(_ paths: [String], threads: Int) -> [Result<ModelFolder, CheckpointError>] {
        let opened = Mutex([Result<ModelFolder, CheckpointError>?](repeating: nil, count: paths.count))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, paths.count))) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < paths.count else { return }
                let result = Result { () throws(CheckpointError) in try ModelFolder(path: paths[index]) }
                opened.withLock { $0[index] = result }
            }
        }
        return opened.withLock { $0.compactMap { $0 } }
    }

    /// Opens and reads a small file; the digest is of the bytes returned.
    static func smallFile(
        _ file: String, in directory: Directory
    ) throws(CheckpointError) -> (input: Input, bytes: [UInt8]) {
        let opened = try InputFile(path: file, in: directory)
        let bytes = try opened.bytes()
        return (Input(file: opened, digest: InputDigest(name: file, of: bytes)), bytes)
    }

    /// Refuses anything but the name of a file in the folder itself.
    static func checkPlain(_ file: String) throws(CheckpointError) {
        guard !file.isEmpty, file != ".", file != "..", !file.utf8.contains(UInt8(ascii: "/")), !file.utf8.contains(0)
        else {
            throw CheckpointError(.unsafeName, file: file, detail: "this is not the plain name of a file")
        }
    }

    /// The last component of `path`, after resolving it if that is `.`, `..` or nothing.
    static func name(of path: String) -> String {
        func last(_ path: String) -> String? {
            path.split(separator: "/").last.map { String($0) }.flatMap { $0 == "." || $0 == ".." ? nil : $0 }
        }
        if let name = last(path) { return name }
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return last(String(cString: resolved)) ?? path
    }
}
