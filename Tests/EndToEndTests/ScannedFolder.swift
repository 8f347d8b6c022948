import Foundation
import Testing

/// A copy of a sample model that a test may spoil, with files to judge it by.
struct ScannedFolder {
    let folder = TemporaryFolder.make()

    /// The model's folder.
    var model: String { folder.appending(path: "model").path }

    init() throws { try FileManager.default.copyItem(atPath: "\(Binary.samples)/clean", toPath: model) }

    /// Writes a file into the model's folder.
    func add(_ name: String, _ content: String) throws {
        try Data(content.utf8).write(to: URL(filePath: model + "/" + name))
    }

    /// Adds something that fails the gate.
    func addCode(_ content: String = "print(1)") throws { try add("modeling.py", content) }

    /// Adds something that cannot be judged.
    func addPickle() throws { try add("training_args.bin", "PK\u{3}\u{4}....") }

    func scan(_ more: String...) throws -> Binary.Outcome { try Binary.run(["scan", model] + more) }

    /// A file beside the model.
    func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// The digest that the scan prints for the model.
    func digest() throws -> String {
        let line = try scan("--fail-on", "never").out.split(separator: "\n").first { $0.hasPrefix("sha256") }
        return String(try #require(line).suffix(64))
    }

    /// A file that accepts code in this model until a day.
    func suppression(rule: String = "ASY222", until day: String = "2999-12-31") throws -> String {
        try write(
            """
            suppressions:
              - rule: \(rule)
                sha256: \(digest())
                justification: Read line by line; it only sets the padding.
                expires: \(day)

            """, to: "accepted.yml")
    }

    /// A result.json of the folder as it is.
    func baseline() throws -> String {
        let reports = folder.appending(path: "baseline").path
        _ = try scan("--output", reports, "--format", "json")
        return reports + "/result.json"
    }
}
