import Checkpoints
import FoundationEssentials
import Glibc

/// Everything that a run measured: what bench.json holds.
struct BenchmarkResults: Codable, Sendable {
    /// How long and how often things were measured.
    struct Effort: Codable, Equatable, Sendable {
        let repeats: Int
        let auditRepeats: Int
        let texts: Int
        let batch: Int
        let maxLength: Int
        let quick: Bool
    }

    /// Version of this format.
    var format = 1
    let machine: Machine
    /// By name; the peer's are there only with a peer.
    var versions: [String: String]
    let effort: Effort
    /// Processes that ran or waited to run, on average over the minute before the run; near 0 on an idle machine.
    var loadBefore = SystemFile.load
    var rows: [Row] = []
    var series: [Series] = []

    /// The results of an earlier run on the same machine with the same versions and effort; nil without a file.
    static func read(from path: String, like other: BenchmarkResults) throws -> BenchmarkResults? {
        guard access(path, F_OK) == 0 else { return nil }
        let results = try JSONDecoder().decode(
            BenchmarkResults.self, from: Data(try InputFile(path: path).bytes()))
        guard results.machine == other.machine, results.versions == other.versions, results.effort == other.effort
        else {
            throw BenchmarkError(
                "\(path) was measured on another machine, with other versions or other settings; leave --keep out")
        }
        return results
    }

    /// Writes bench.json.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try AtomicFile.write(Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
    }
}
