import Glibc

/// Files of the kernel, whose size is not known before they are read.
enum SystemFile {
    /// The content of a small file; empty if it cannot be read.
    static func text(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(file, &block, block.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += block[..<count]
        }
    }

    /// The value of the first line that starts with `key` and a colon.
    static func value(_ key: String, in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != "\t" }) == key || parts[0] == key else { continue }
            return String(parts[1].drop { $0 == " " || $0 == "\t" })
        }
        return nil
    }

    /// The load average of the last minute.
    static var load: Double {
        text("/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0
    }

    /// A value of kilobytes, in bytes.
    static func bytes(_ key: String, in path: String) -> Int {
        let words = value(key, in: text(path))?.split(separator: " ") ?? []
        return (words.first.flatMap { Int($0) } ?? 0) * 1_024
    }
}

/// What the kernel says about a running process.
enum ProcessMemory {
    /// Resident memory that belongs to no file.
    static func anonymousBytes(of process: pid_t) -> Int {
        SystemFile.bytes("RssAnon", in: "/proc/\(process)/status")
    }
}
