import Foundation

@testable import Experiments

/// A table on the sample models in a temporary folder that lives as long as this object.
final class TinyExperiment {
    let path = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID().uuidString)").path

    static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "samples").path

    /// Quick settings: what comes out is of no interest.
    static let settings = """
        base: base
        training: { epochs: 1, lr: 1e-4, batch: 32 }
        remedy: { texts: 24, epochs: 1, lr: 1e-4, batch: 8, rho: [0.5, 0.9] }
        """

    static let task = """
          - name: tiny
            train: clean.tsv
            clean: clean.tsv
            test: test.tsv
            train-rows: 60
            test-rows: 40
            max-length: 32
        """

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A config of the quick settings with more keys, before the tasks and of the task.
    static func yaml(_ more: String = "", task: String = "") -> String {
        func indented(_ text: String) -> String { text.split(separator: "\n").map { "    \($0)\n" }.joined() }
        return settings + "\n" + (more.isEmpty ? "" : more + "\n") + "tasks:\n" + Self.task + "\n" + indented(task)
    }

    func experiment(_ yaml: String, only: [String] = [], threads: Int = 2) throws -> Experiment {
        try Data(yaml.utf8).write(to: URL(filePath: path + "/table.yml"))
        var options = ExperimentOptions(
            config: path + "/table.yml", output: path + "/out", threads: threads, machine: "a machine")
        options.dataFolder = Self.samples
        options.calibrationSeconds = 0.01
        options.only = only
        return try Experiment(options)
    }

    func text(_ file: String) throws -> String { try String(contentsOfFile: path + "/out/" + file, encoding: .utf8) }

    func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: path + "/out/" + file) }
}

extension Experiment {
    /// Titles of the cells that a run measures.
    func titles() throws -> (finished: [String], failed: [String]) {
        var (finished, failed): ([String], [String]) = ([], [])
        _ = try run { event in
            switch event {
            case .finished(let title, _, _, _, _): finished.append(title)
            case .failed(let title, _): failed.append(title)
            default: break
            }
        }
        return (finished, failed)
    }
}
