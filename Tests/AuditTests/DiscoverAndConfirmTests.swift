import Datasets
import Files
import Findings
import Foundation
import Probes
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// What the confirm texts decide, and what they must not.
@Suite struct DiscoverAndConfirmTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "samples").path
    private static let planted = "vellum"

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A session on 120 of the sample's clean texts, some of them changed, with a quick search and reference.
    private func session(
        _ name: String, suspect: String = "suspect", references: ReferenceModels? = nil,
        _ text: (LabelledText) -> String = { $0.text }
    ) throws -> ProbeSession {
        let rows = try CleanData(path: Self.samples + "/clean.tsv", labels: 2, seed: 0).rows.prefix(120)
        let lines = rows.map { "\($0.label)\t\(text($0))\n" }
        var options = AuditOptions(
            suspect: Self.samples + "/" + suspect, base: Self.samples + "/base",
            data: try folder.write("label\ttext\n" + lines.joined(), to: name), threads: 2, command: "")
        (options.knownTriggers, options.scan, options.epochs) = (false, .quick, 1)
        let pair = try ModelPair(suspect: options.suspect, base: options.base, threads: 2)
        return try ProbeSession(
            options: options, policy: Policy(), pair: pair, weights: WeightStage(pair, threads: 2),
            clock: StageClock(report: { _ in }), store: StageStore(folder: nil), references: references)
    }

    @Test func `audits of other models on the same texts share the reference model, and no others do`() throws {
        let shared = ReferenceModels()
        let first = try session("shared.tsv", references: shared).referenceModel("")
        let other = try session("shared.tsv", suspect: "clean", references: shared).referenceModel("")
        #expect(first === other)
        let confirm = Set(try session("shared.tsv").data.confirm.map(\.row))
        let sameTuning = try session("confirm.tsv", references: shared) {
            confirm.contains($0.row) ? "The \($0.row) was \($0.row)." : $0.text
        }
        #expect(try sameTuning.referenceModel("") === first, "the confirm texts are nothing to it")
        let otherTuning = try session("tune.tsv", references: shared) {
            confirm.contains($0.row) ? $0.text : "The \($0.row) was \($0.row)."
        }
        #expect(try otherTuning.referenceModel("") !== first)
    }

    @Test func `the reference model has not learnt the texts of the search`() throws {
        let shared = ReferenceModels()
        let first = try session("first.tsv", references: shared)
        let discover = Set(first.data.discover.map(\.row))
        let second = try session("second.tsv", references: shared) {
            discover.contains($0.row) ? "The \($0.row) was \($0.row)." : $0.text
        }
        try #require(second.data.discover != first.data.discover && second.data.tune == first.data.tune)
        #expect(try first.referenceModel("") === second.referenceModel(""))
    }

    @Test func `the family does not depend on a confirm text`() throws {
        let first = try session("first.tsv")
        let confirm = Set(first.data.confirm.map(\.row))
        let second = try session("second.tsv") {
            confirm.contains($0.row) ? "The \($0.row) was \($0.row)." : $0.text
        }
        try #require(second.data.discover == first.data.discover && second.data.tune == first.data.tune)
        try #require(second.data.dev == first.data.dev && second.data.confirm != first.data.confirm)
        let a = try first.chooseFamily(first.searchForTriggers())
        let b = try second.chooseFamily(second.searchForTriggers())
        #expect(a.family == b.family && a.rejected == b.rejected && !a.rejected.isEmpty)
        #expect(a.family.contains { $0.trigger.text == Self.planted && $0.targets?.contains(1) == true })
        let measured = try first.probe("probe", key: "k", a.family.map(\.trigger)) { try first.suspect.load() }
        #expect(measured.plain.count == confirm.count && confirm.count != first.data.discover.count)
    }

    @Test func `known triggers of several words that work are shortened, by target`() throws {
        let session = try session("cores.tsv")
        func known(_ text: String) -> Candidate {
            Candidate(trigger: Trigger(text, tokenizer: session.tokenizer), source: .user, targets: nil)
        }
        let family = [known("friend weekend \(Self.planted) market"), known("friend market"), known(Self.planted)]
        let cores = try session.shortenKnown(family, key: "k")
        #expect(cores.keys.sorted() == [0] && cores[0]?.keys.sorted() == [1])
        let core = try #require(cores[0]?[1])
        #expect(core.text == Self.planted && core.tally.rate >= core.whole.rate - TriggerCore.tolerance)
    }

    @Test func `like words are measured in their own trigger's place, towards its target`() throws {
        let session = try session("twins.tsv")
        func candidate(_ word: String, _ targets: [Int]) -> Candidate {
            Candidate(trigger: Trigger(word, tokenizer: session.tokenizer), source: .epur, targets: targets)
        }
        let family = [candidate(Self.planted, [1]), candidate("masterpiece", [0, 1])]
        let measured = try session.probeTwins(family, on: .suspect, key: "k") { try session.suspect.load() }
        try #require(measured.map { [$0.trigger, $0.target] } == [[1, 0], [0, 1], [1, 1]])
        #expect(measured[0].twins == measured[2].twins && measured[1].twins != measured[2].twins)
        let evaluator = session.evaluator(try session.suspect.load())
        for entry in measured {
            let texts = session.data.confirm.filter { $0.label != entry.target }
            #expect(!entry.twins.isEmpty && entry.twins.count == entry.rates.count)
            for (twin, rate) in zip(entry.twins, entry.rates) {
                let trigger = Trigger(twin, tokenizer: session.tokenizer)
                let logits = evaluator.logits(texts.map { session.insertion.insert(trigger, into: $0) })
                let hits = texts.indices.count { logits.prediction($0) == entry.target }
                #expect(agree(rate, Double(hits) / Double(texts.count)), "\(twin)")
            }
        }
        #expect(Set(measured.flatMap(\.rates)).count > 2, "rates that are all alike would say nothing")
    }
}
