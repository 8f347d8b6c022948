import Checkpoints

/// Says of each file named on standard input, one a line, what becomes of it: `accepted`, `inconclusive` where a tensor
/// is of a type that is not read, or `refused` and the rule.
@main
enum CheckpointVerdicts {
    static func main() {
        while let path = readLine() {
            do throws(CheckpointError) {
                let checkpoint = try Checkpoint(path: path)
                print(checkpoint.unsupported.isEmpty ? "accepted" : "inconclusive")
            } catch {
                print("refused \(error.code.rawValue)")
            }
        }
    }
}
