import Checkpoints
import Files
import Findings
import Foundation
import Probes
import Testing
import Tokenizers
import Transformers

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

    @Test func aSuspectWhoseLogitsOverflowGetsNoVerdict() throws {
        var options = options()
        options.suspect = try TinyPair.moved(by: 1e30, to: pair.folder.file("overflowing"))
        (options.knownTriggers, options.scan, options.epochs, options.remedy) = (false, .quick, 1, false)
        let error = try #require(throws: AuditError.self) { try AuditRun(options).run() }
        #expect(error.description.hasPrefix(options.suspect) && error.description.contains("not finite"))
    }

    /// The reference model has 80 positions.
    @Test(arguments: [
        (Optional(81), 32, Findings.ExitStatus.usage, "--max-length 81 is outside 32…80"),
        (31, 32, .usage, "--max-length 31 is outside 32…80"),
        (100, 88, .untrustworthy, "m/config.json: the model has 80 positions, and a text needs 88 tokens"),
        (nil, 88, .untrustworthy, "m/config.json: the model has 80 positions"),
    ])
    func aLengthThatTheModelCannotTake(asked: Int?, least: Int, status: Findings.ExitStatus, sentence: String) throws {
        let suspect = try ClassifierSource(folder: ModelFolder(path: pair.suspect))
        let tokenizer = try Fixtures.tokenizer()
        let error = try #require(throws: AuditError.self) {
            try suspect.architecture.maxLength(asked, atLeast: least, tokenizer, folder: "m")
        }
        #expect(error.description.contains(sentence) && error.status == status)
        #expect(try suspect.architecture.maxLength(80, atLeast: 32, tokenizer, folder: "m") == 80)
    }

    @Test func aTokenThatOnlyTheSuspectCallsSpecialIsSearchedLikeAnyOther() throws {
        let id = try #require(try Fixtures.tokenizer().id(of: "comedy"))
        let path = pair.suspect + "/tokenizer.json"
        let old = "\"added_tokens\": ["
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try #require(text.contains(old))
        let token = """
            {"id": \(id), "content": "comedy", "single_word": false, "lstrip": false, "rstrip": false, \
            "normalized": false, "special": true},
            """
        try text.replacing(old, with: old + token).write(toFile: path, atomically: true, encoding: .utf8)
        let models = try ModelPair(suspect: pair.suspect, base: pair.base, threads: 2)
        let special = models.baseTokenizer.specialIDs
        try #require(models.suspectTokenizer.specialIDs.contains(id) && !special.contains(id))
        let vocabulary = try ProbeSession(
            options: options(), policy: Policy(), pair: models, weights: WeightStage(models, threads: 2),
            clock: StageClock(report: { _ in }), store: StageStore(folder: nil)
        ).vocabulary
        #expect(vocabulary.insertable.contains(id) && vocabulary.text(id) == "comedy")
        #expect(Set(vocabulary.insertable).isDisjoint(with: special) && !special.isEmpty)
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
