import Foundation
import Glibc
import Testing

/// The built program, run as a user runs it.
struct Binary {
    /// What one run printed, and its exit code.
    struct Outcome {
        let status: Int32
        let out: String
        let error: String

        /// The last line on standard error.
        var lastLine: String { error.split(separator: "\n").last.map(String.init) ?? "" }
    }

    /// The repository's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The samples that come with the project.
    static let samples = root.appending(path: "samples").path

    static var executable: URL {
        // The test bundle lies beside the program that was built with it.
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        for folder in [beside, root.appending(path: ".build/release")] {
            let candidate = folder.appending(path: "assay")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        return root.appending(path: ".build/release/assay")
    }

    /// Runs `assay` with these arguments in the repository's root.
    static func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    private static func process(_ arguments: [String], in folder: URL, program: URL = executable) -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Starts `assay` and kills it, without warning, once `condition` holds; false if it ended before that.
    static func kill(_ arguments: [String], when condition: () -> Bool) throws -> Bool {
        let process = process(arguments, in: root)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning, !condition() { usleep(1_000) }
        let wasRunning = process.isRunning
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return wasRunning
    }

    /// Runs a program of the repository or the system, with variables added to the environment.
    static func run(
        program: String, _ arguments: [String] = [], in folder: URL = root, variables: [String: String] = [:]
    ) throws -> Outcome {
        let path = program.hasPrefix("/") ? URL(filePath: program) : root.appending(path: program)
        let process = process(arguments, in: folder, program: path)
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        return try outcome(of: process)
    }

    /// Runs `assay` with these arguments in a folder.
    static func run(_ arguments: [String], in folder: URL = root) throws -> Outcome {
        try outcome(of: process(arguments, in: folder))
    }

    private static func outcome(of process: Process) throws -> Outcome {
        let out = Pipe()
        let error = Pipe()
        process.standardOutput = out
        process.standardError = error
        try process.run()
        // The outputs are small beside a pipe's buffer on one side, so that reading them in turn cannot block.
        let outData = out.fileHandleForReading.readDataToEndOfFile()
        let errorData = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, out: String(decoding: outData, as: UTF8.self),
            error: String(decoding: errorData, as: UTF8.self))
    }
}

/// Folders for what a test writes.
enum TemporaryFolder {
    static func make() -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
