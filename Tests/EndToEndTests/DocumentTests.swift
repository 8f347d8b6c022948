import Foundation
import Testing

/// What the documentation takes from the program, and how the program speaks.
@Suite struct DocumentTests {
    @Test func theDocumentsAreCurrent() throws {
        let folder = TemporaryFolder.make()
        #expect(try Binary.run("write-documents", folder.path).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["assay.1", "policy.md", "rules.md"])
        for name in names {
            let made = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            let kept = try String(contentsOf: Binary.root.appending(path: "docs/\(name)"), encoding: .utf8)
            #expect(made == kept, "docs/\(name) is not what the program says: run make docs")
        }
    }

    /// Every command that is shown.
    private static let commands = [
        [], ["audit"], ["purify"], ["diff"], ["scan"], ["predict"], ["tokenize"], ["convert"], ["conformance"],
        ["report"],
        ["templates"], ["templates", "export"],
        ["templates", "check"],
        ["policy"], ["policy", "init"], ["policy", "check"], ["explain"], ["lab"], ["lab", "train"], ["lab", "poison"],
        ["lab", "table"], ["lab", "calibrate"], ["lab", "samples"],
    ]

    @Test(arguments: commands) func everyHelpHasExamples(command: [String]) throws {
        let help = try Binary.run(command + ["--help"]).out
        let example = (["assay"] + command).joined(separator: " ")
        #expect(help.contains("EXAMPLES") && help.contains("  \(example) "), "\(help)")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsNameTheCommands(shell: String) throws {
        let script = try Binary.run("--generate-completion-script", shell)
        #expect(script.status == 0)
        for word in ["audit", "scan", "suppressions", "baseline"] { #expect(script.out.contains(word)) }
        #expect(!script.out.contains("write-documents"))
    }

    /// What a scan prints to a terminal of its own.
    private func onTerminal(_ variables: [String: String]) throws -> String {
        let command = "'\(Binary.executable.path)' scan '\(Binary.samples)/clean'"
        let outcome = try Binary.run(
            program: "/usr/bin/script", ["-qec", command, "/dev/null"],
            variables: ["TERM": "xterm", "NO_COLOR": ""].merging(variables) { $1 })
        return outcome.out
    }

    @Test func colourIsForTerminalsThatWantIt() throws {
        #expect(try onTerminal([:]).contains("\u{1B}[1;32m✓ Passed"))
        #expect(try !onTerminal(["NO_COLOR": "1"]).contains("\u{1B}[1;"))
        #expect(try !onTerminal(["TERM": "dumb"]).contains("\u{1B}"))
        let piped = try Binary.run("scan", "\(Binary.samples)/clean")
        #expect(!piped.out.contains("\u{1B}") && !piped.error.contains("\u{1B}"))
    }

    @Test func openDoesNothingWithoutATerminal() throws {
        let report = TemporaryFolder.make().path
        let outcome = try Binary.run("scan", "\(Binary.samples)/clean", "--output", report, "--open")
        #expect(outcome.status == 0 && outcome.error.contains("--open does nothing without a terminal"))
    }
}
