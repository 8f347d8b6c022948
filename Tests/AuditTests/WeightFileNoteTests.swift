import Findings
import Foundation
import Testing

@testable import Audit

/// What is unusual about files of weights, in the suspect's folder and in the base's.
@Suite struct WeightFileNoteTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["suspect", "base"] {
            try FileManager.default.copyItem(atPath: Fixtures.model, toPath: folder.file(name))
        }
    }

    private func findings() throws -> [Finding] {
        let pair = try ModelPair(suspect: folder.file("suspect"), base: folder.file("base"), threads: 1)
        return FindingsList.weightFileNotes(pair)
    }

    @Test func plainFoldersHaveNone() throws { #expect(try findings() == []) }

    @Test(arguments: [["suspect"], ["base"], ["suspect", "base"]])
    func eachFolderIsReported(names: [String]) throws {
        for name in names {
            try FileManager.default.copyItem(
                atPath: folder.file("\(name)/model.safetensors"), toPath: folder.file("\(name)/more.safetensors"))
        }
        let found = try findings()
        #expect(found.map(\.message) == names.map { "The \($0)'s files of weights are unusual in 1 ways." })
        #expect(found.allSatisfy { $0.code == .weightFileNote && $0.evidence[0].value.hasPrefix("more.safetensors ") })
    }
}
