import Findings
import Foundation
import Testing

@testable import Audit

/// What an audit refuses before it measures, and what its saved stages depend on.
@Suite struct AuditRunTests {
    private let pair: TinyPair

    init() throws { pair = try TinyPair() }

    private func options(base: String? = nil) -> AuditOptions {
        AuditOptions(
            suspect: pair.suspect, base: base ?? pair.base, data: pair.data, threads: 2, command: "assay audit")
    }

    @Test func anInputIsNoPlaceToExportTo() throws {
        let link = pair.folder.file("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: pair.suspect)
        for input in [pair.suspect, pair.base, link] {
            var options = options()
            options.export = input
            let error = try #require(throws: AuditError.self) { try AuditRun(options) }
            #expect(error.description.contains("--export") && error.status == .usage)
        }
    }

    @Test func aBaseThatCannotBeMixedWithIsNamed() throws {
        let broken = try TinyPair.moved(by: .nan, to: pair.folder.file("broken"))
        let error = try #require(throws: AuditError.self) { try AuditRun(options(base: broken)).run() }
        #expect(error.description.hasPrefix(broken) && error.description.contains("NaN or infinity"))
    }

    @Test func savedStagesDependOnTheFrequencies() throws {
        let models = try ModelPair(suspect: pair.suspect, base: pair.base, threads: 2)
        func key(_ frequencies: String?) throws -> String {
            var options = options()
            options.frequencies = try frequencies.map { try pair.folder.write($0, to: "frequencies.txt") }
            let weights = try WeightStage(
                models, frequencyFile: try options.frequencies.map(AuditRun.frequencyFile), threads: 2)
            return try ProbeSession(
                options: options, policy: Policy(), pair: models, weights: weights,
                clock: StageClock(report: { _ in }), store: StageStore(folder: nil)
            ).inputKey
        }
        let keys = [try key(nil), try key("film 90000\n"), try key("film 20\n")]
        #expect(Set(keys).count == keys.count)
        #expect(try key("film 20\n") == keys[2])
    }
}
