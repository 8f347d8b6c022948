import Glibc

/// A folder for generated models and texts, removed however this program ends.
final class TemporaryFolder {
    let path: String
    /// A shell that outlives signals, waits for our end and then removes the folder.
    private let remover: ChildProcess

    init() throws(BenchmarkError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/assay-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw BenchmarkError("no folder could be made in \(parent); set TMPDIR to one that can be written")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let script = "trap '' INT TERM HUP; cat > /dev/null; rm -rf -- \"$1\""
        remover = try ChildProcess(["/bin/sh", "-c", script, "sh", path])
    }

    /// Makes a folder inside.
    func folder(_ name: String) throws(BenchmarkError) -> String {
        let folder = path + "/" + name
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw BenchmarkError("\(folder) cannot be made; is the disk full?")
        }
        return folder
    }

    /// Removes the folder and all in it.
    func remove() { _ = remover.finish() }
}
