import ArgumentParser
import Audit
import Checkpoints
import Kernels
import Reports
import Transformers

struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Check the engine against what another implementation computed: reference.json in each folder.",
        discussion: """
            Prints one line a model with its worst errors; exit code 1 if any is over its bound.

            EXAMPLES
              assay conformance Tests/Fixtures/reference/*
            """)

    @Argument(help: ArgumentHelp("Model folders that hold a reference.json.", valueName: "dir"), completion: .directory)
    var folders: [String]
    @OptionGroup var threads: ThreadOption

    func run() throws {
        let workers = Workers(threads: threads.count)
        try Console.run {
            var failed = false
            for path in folders {
                let (line, passes) = Self.check(path, workers)
                failed = failed || !passes
                try Console.out(line)
            }
            if failed { throw ExitCode(1) }
        }
    }

    private static func check(_ path: String, _ workers: Workers) -> (line: String, passes: Bool) {
        do {
            let folder = try ModelPair.inFolder(path) { try ModelFolder(path: path) }
            let result = try Conformance(folder: folder, workers: workers)
            return (line(result), result.passes)
        } catch {
            let reason = "\(error)"
            let sentence = TerminalText.escape(reason.hasPrefix(path) ? reason : "\(path): \(reason)")
            return ("FAIL  \(sentence)\n", false)
        }
    }

    private static func line(_ result: Conformance) -> String {
        let name = TerminalText.escape(result.model)
        let continuations =
            result.continuationMismatches.map { "  continuations \($0) of \(result.cases) differ" } ?? ""
        return "\(result.passes ? "ok  " : "FAIL")  \(name)  ids \(result.idMismatches) of \(result.cases) differ"
            + continuations + "  logits \(short(result.logits))"
            + "  gradient norm \(short(result.gradientNorm)) of its bound"
            + "  gradient values \(short(result.gradientValue))  losses \(short(result.loss))\n"
    }

    /// Two significant digits.
    private static func short(_ value: Double) -> String {
        guard value.isFinite, value > 0 else { return value == 0 ? "0" : "not finite" }
        var exponent = 0
        var mantissa = value
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        let tenths = Int((mantissa * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)e\(exponent)"
    }
}
