import Checkpoints
import Glibc
import Kernels
import Tensors

/// How fast this machine moves bytes.
enum Bandwidth {
    /// Copies a buffer that fits no cache, a part on each worker; counts bytes read and written.
    static func copying(workers: Workers) -> JobResult {
        let floats = 1 << 26
        let (source, target) = (FloatBuffer(count: floats), FloatBuffer(count: floats))
        source.floats.update(repeating: 1)
        target.floats.update(repeating: 2)
        let part = floats / workers.count
        let seconds = Stopwatch.time {
            workers.forEach(workers.count) { index, _ in
                memcpy(target.pointer + index * part, source.pointer + index * part, part * 4)
            }
        }.seconds
        return JobResult(seconds: seconds, bytes: 2 * 4 * part * workers.count)
    }

    /// Reads files in blocks into one small buffer a worker.
    static func pageCache(_ paths: [String], workers: Workers) throws -> JobResult {
        let blockSize = 1 << 20
        let files = paths.map { open($0, O_RDONLY | O_CLOEXEC) }
        defer { files.forEach { close($0) } }
        var blocks: [(file: Int32, offset: Int)] = []
        var bytes = 0
        for (file, path) in zip(files, paths) {
            let size = try InputFile(path: path).size
            bytes += size
            blocks += stride(from: 0, to: size, by: blockSize).map { (file, $0) }
        }
        let work = blocks
        let share = (work.count + workers.count - 1) / workers.count
        let seconds = Stopwatch.time {
            workers.forEach(workers.count) { index, _ in
                let buffer = UnsafeMutableRawPointer.allocate(byteCount: blockSize, alignment: 64)
                defer { buffer.deallocate() }
                for block in work.dropFirst(index * share).prefix(share) {
                    _ = pread(block.file, buffer, blockSize, block.offset)
                }
            }
        }.seconds
        return JobResult(seconds: seconds, bytes: bytes)
    }

    /// SHA-256 of files, one after the other, as model folders are opened.
    static func hashing(_ paths: [String]) throws -> JobResult {
        let files = try paths.map { try InputFile(path: $0) }
        let seconds = try Stopwatch.time { for file in files { _ = try file.digest() } }.seconds
        return JobResult(seconds: seconds, bytes: files.reduce(0) { $0 + $1.size })
    }
}
