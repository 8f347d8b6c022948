import Glibc

/// A child process with pipes on standard input and output.
final class ChildProcess {
    /// How a process ended and what it used.
    struct Usage {
        let succeeded: Bool
        /// Most memory that was resident at once, as the kernel counted it.
        let peakBytes: Int
    }

    let process: pid_t
    private var input: Int32
    private let output: Int32
    private var buffered: [UInt8] = []
    private var isReaped = false

    /// - Parameters:
    ///   - command: the program's path and its arguments.
    ///   - environment: variables set for the child besides our own.
    init(_ command: [String], environment: [String: String] = [:]) throws(BenchmarkError) {
        let (toChild, fromChild) = (try Self.pipe(), try Self.pipe())
        process = try Self.spawn(command, environment, input: toChild.read, output: fromChild.write)
        close(toChild.read)
        close(fromChild.write)
        input = toChild.write
        output = fromChild.read
    }

    deinit {
        closeInput()
        close(output)
        if !isReaped {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    /// Writes one line; false when the child no longer reads.
    func write(line: String) -> Bool {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    /// The next line, without its end; nil when the child has closed its output.
    ///
    /// - Parameter whileWaiting: called every few milliseconds until the line is there.
    func readLine(whileWaiting: (() -> Void)? = nil) -> String? {
        while true {
            if let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffered.removeFirst(end + 1) }
                return String(decoding: buffered[..<end], as: UTF8.self)
            }
            if let whileWaiting {
                var state = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
                guard poll(&state, 1, 5) > 0 else {
                    whileWaiting()
                    continue
                }
            }
            var block = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(output, &block, block.count)
            guard count > 0 else { return nil }
            buffered += block[..<count]
        }
    }

    /// Closes the child's input and waits for its end.
    func finish() -> Usage {
        closeInput()
        while readLine() != nil {}
        var status: Int32 = 0
        var usage = rusage()
        wait4(process, &status, 0, &usage)
        isReaped = true
        return Usage(succeeded: status == 0, peakBytes: usage.ru_maxrss * 1_024)
    }

    private func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }
}

extension ChildProcess {
    private static func pipe() throws(BenchmarkError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
            throw BenchmarkError("no pipe could be opened")
        }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ command: [String], _ environment: [String: String], input: Int32, output: Int32
    ) throws(BenchmarkError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        let variables = currentEnvironment.merging(environment) { $1 }.map { "\($0)=\($1)" }
        var process: pid_t = 0
        let result = withCStrings(command) { arguments in
            withCStrings(variables) { posix_spawnp(&process, command[0], &actions, nil, arguments, $0) }
        }
        guard result == 0 else {
            throw BenchmarkError("\(command[0]) cannot be run (\(String(cString: strerror(result))))")
        }
        return process
    }

    private static var currentEnvironment: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return variables
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
