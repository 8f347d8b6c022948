import Files
import Findings
import Foundation
import Testing

@Suite struct StageStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private struct Outcome: Codable, Equatable {
        var rates: [Double]
    }

    /// What the store answers for a stage that would compute `value`.
    private func ask(_ stage: String = "probe", key: String, value: Double) throws -> (Outcome, Bool) {
        try StageStore(folder: folder.path).result(stage, key: key) { Outcome(rates: [value]) }
    }

    private func savedFile() throws -> String {
        folder.file(try #require(try folder.names().first { $0.hasSuffix(".json") }))
    }

    @Test func anEqualKeyIsAHit() throws {
        let key = StageStore.key(["model", "data"])
        let first = try ask(key: key, value: 0.1 + 0.2)
        #expect(first == (Outcome(rates: [0.1 + 0.2]), false))
        var computed = false
        let second = try StageStore(folder: folder.path).result("probe", key: key) { () -> Outcome in
            computed = true
            return Outcome(rates: [])
        }
        #expect(second == (Outcome(rates: [0.1 + 0.2]), true), "numbers come back to the last bit")
        #expect(!computed)
    }

    @Test func anotherKeyOrStageIsAMiss() throws {
        let key = StageStore.key(["model", "data"])
        _ = try ask(key: key, value: 1)
        #expect(try ask(key: StageStore.key(["model", "other data"]), value: 2) == (Outcome(rates: [2]), false))
        #expect(try ask("screen", key: key, value: 3) == (Outcome(rates: [3]), false))
        #expect(try ask(key: key, value: 4) == (Outcome(rates: [1]), true))
    }

    @Test func theWholeKeyCounts() throws {
        let prefix = String(repeating: "a", count: 16)
        _ = try ask(key: prefix + "1", value: 1)
        #expect(try ask(key: prefix + "2", value: 2) == (Outcome(rates: [2]), false))
    }

    @Test(arguments: ["", "not JSON", #"{"key": "k"}"#, #"{"key": "k", "value": {"rates": "many"}}"#])
    func aCorruptedFileIsAMiss(content: String) throws {
        _ = try ask(key: "k", value: 1)
        try Data(content.utf8).write(to: URL(filePath: try savedFile()))
        #expect(try ask(key: "k", value: 2) == (Outcome(rates: [2]), false))
        #expect(try ask(key: "k", value: 3) == (Outcome(rates: [2]), true), "it was replaced")
    }

    @Test func aTruncatedFileIsAMiss() throws {
        _ = try ask(key: "k", value: 1)
        let file = URL(filePath: try savedFile())
        try Data(contentsOf: file).dropLast(3).write(to: file)
        #expect(try ask(key: "k", value: 2) == (Outcome(rates: [2]), false))
    }

    @Test func aFailedStageSavesNothing() throws {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try StageStore(folder: folder.path).result("probe", key: "k") { () -> Outcome in throw Failure() }
        }
        #expect(try ask(key: "k", value: 1) == (Outcome(rates: [1]), false))
    }

    @Test func aSecondAuditIsRefusedWhileTheFirstRuns() throws {
        do {
            let first = try StageStore(folder: folder.path)
            let error = #expect(throws: AuditError.self) { try StageStore(folder: folder.path) }
            #expect(error?.status == .untrustworthy)
            #expect(error?.description.contains(folder.path) == true)
            withExtendedLifetime(first) {}
        }
        #expect(throws: Never.self) { try StageStore(folder: folder.path) }
    }

    @Test func withoutAFolderNothingIsSaved() throws {
        let store = try StageStore(folder: nil)
        for value in [1.0, 2] {
            let answer = try store.result("probe", key: "k") { Outcome(rates: [value]) }
            #expect(answer == (Outcome(rates: [value]), false))
        }
    }

    @Test func keysTellPartsApart() {
        #expect(StageStore.key(["ab", "c"]) != StageStore.key(["a", "bc"]))
        #expect(StageStore.key(["a", "b"]) != StageStore.key(["b", "a"]))
        #expect(StageStore.key(["a"]) != StageStore.key(["a", ""]))
        #expect(StageStore.key(["a"]) == StageStore.key(["a"]))
        #expect(StageStore.key([]).count == 64)
    }
}
