import Foundation
import Testing

/// Standard output that cannot be written, for a command of each kind.
@Suite struct OutputTests {
    /// The program with arguments and a redirection, by the shell.
    private func run(_ line: String) throws -> Binary.Outcome {
        try Binary.run(program: "/bin/sh", ["-c", "\"$0\" " + line, Binary.executable.path])
    }

    @Test(
        arguments: [
            "explain", "--help", "--version", "policy init -", "tokenize samples/suspect <samples/clean.tsv",
            "predict samples/suspect --data samples/clean.tsv", "conformance samples/base",
        ], [">/dev/full", ">&-"])
    func anOutputThatCannotBeWrittenIsExitTwo(command: String, output: String) throws {
        let outcome = try run("\(command) \(output)")
        #expect(outcome.status == 2)
        #expect(outcome.error.hasPrefix("assay: standard output cannot be written ("), "\(outcome.error)")
        #expect(outcome.error.split(separator: "\n").count == 1)
    }

    @Test func aReaderThatIsGoneIsExitTwo() throws {
        // The reader is gone before the program begins.
        let outcome = try Binary.run(
            program: "/bin/sh",
            ["-c", "{ sleep 1; \"$0\" explain; echo \"status=$?\" >&2; } | :", Binary.executable.path])
        #expect(outcome.error.contains("assay: standard output cannot be written (Broken pipe)"))
        #expect(outcome.lastLine == "status=2")
    }

    @Test func aGateEndsWithItsStatusLine() throws {
        let outcome = try run("scan samples/base >/dev/full")
        #expect(outcome.status == 2)
        #expect(outcome.lastLine == "verdict=inconclusive exit=2")
    }

    @Test func reportsDoNotTakeTheOutputsPlace() throws {
        let folder = TemporaryFolder.make()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try run("scan samples/base --output \(folder.path) --format json >&-")
        #expect(outcome.status == 2)
        #expect(try String(contentsOf: folder.appending(path: "result.json"), encoding: .utf8).hasPrefix("{"))
    }
}
