import Foundation
import Testing

/// The table of rules in docs/untrusted.md names tests and errors that exist.
@Suite struct UntrustedRulesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
    }

    /// What stands between backticks in the rows of the tables.
    private static func quoted() throws -> [String] {
        try text("docs/untrusted.md").split(separator: "\n").filter { $0.hasPrefix("| ") }.flatMap { row in
            row.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
                .map { String($0.element) }
        }
    }

    @Test func everyTestNamedExists() throws {
        let tests = try Self.quoted().filter { $0.contains("Tests.") }
        #expect(tests.count > 60)
        let folder = Self.root.appending(path: "Tests")
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
            .filter { $0.hasSuffix("Tests.swift") }
        let sources = try files.map { try Self.text("Tests/\($0)") }
        for test in tests {
            let parts = test.split(separator: ".", maxSplits: 1)
            let exists = sources.contains { source in
                source.contains("struct \(parts[0])")
                    && (source.contains("func \(parts[1])(") || source.contains("func `\(parts[1])`("))
            }
            #expect(exists, "\(test)")
        }
    }

    @Test func everyErrorNamedExists() throws {
        let codes = try Self.text("Sources/Checkpoints/CheckpointError+Code.swift")
        for word in try Self.quoted() where !word.contains(".") && word.allSatisfy(\.isLetter) && word != "fuzz" {
            #expect(codes.contains("case \(word)\n"), "\(word)")
        }
    }
}
