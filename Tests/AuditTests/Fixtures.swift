import Foundation
import Testing
import Tokenizers

@testable import Probes

/// A folder for one test, removed with its content.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: file(name)))
        return file(name)
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// The small reference model under `Tests/Fixtures`.
enum Fixtures {
    static let model = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/reference/bert").path

    static func tokenizer() throws -> any Tokenizer {
        func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: model + "/" + name))) }
        return try TokenizerLoader.load(
            TokenizerFiles(
                folderName: "bert", tokenizerJSON: try bytes("tokenizer.json"),
                tokenizerConfig: try bytes("tokenizer_config.json"), modelType: "bert"))
    }

    static func trigger(_ text: String) throws -> Trigger { Trigger(text, tokenizer: try tokenizer()) }
}

/// Whether two numbers agree but for rounding.
func agree(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool { abs(a - b) <= tolerance }
