import Datasets
import Findings
import Probes
import Testing
import Tokenizers

@testable import Audit

@Suite struct FamilyTests {
    private static let words = ["one", "two", "three", "four", "planted", "still"]
    /// Texts of the other label that each word flips, of ten.
    private static let flips = [10, 9, 8, 7, 4, 0]

    private func chosen(
        anomalous: [String], gaining: [String] = [], unexplained: [String: Double] = [:]
    ) throws -> [String] {
        let tokenizer = try Fixtures.tokenizer()
        let triggers = Self.words.map { Trigger($0, tokenizer: tokenizer) }
        let texts = (0..<10).map { LabelledText(row: $0, label: 0, text: "text \($0)") }
        let suspect = ProbePredictions(
            plain: [Int](repeating: 0, count: 10),
            triggered: Self.flips.map { count in (0..<10).map { $0 < count ? 1 : 0 } },
            logLoss: [Double](repeating: 0, count: 10))
        let family = Family(
            texts: texts, labels: 2,
            shortlist: Self.words.map { TriggerSearch.Found(text: $0, target: 1, source: .epur) }
                + unexplained.map {
                    TriggerSearch.Found(text: $0.key, target: 1, source: .phrase, unexplained: $0.value)
                }, triggers: triggers, anomalous: anomalous, gaining: [[], gaining])
        return family.choose(suspect: suspect, reference: suspect).chosen.keys.sorted().map { Self.words[$0] }
    }

    @Test func `a word whose embedding moved most is confirmed though honest words are stronger`() throws {
        #expect(try !chosen(anomalous: []).contains("planted"))
        #expect(try chosen(anomalous: ["still", "planted"]) == ["one", "two", "three", "planted"])
        #expect(try chosen(anomalous: [], gaining: ["still", "planted"]) == ["one", "two", "three", "planted"])
    }

    @Test func `a phrase of which much is unexplained is confirmed though others are stronger`() throws {
        let found = ["planted": 0.2, "four": 0.4, "still": 0.9]
        #expect(
            try chosen(anomalous: [], unexplained: found) == ["one", "two", "three", "four", "planted"],
            "one that flips nothing is not")
    }

    @Test func `texts explain what they surely show`() throws {
        func share(_ labels: [Int], of target: Int = 1) throws -> Double {
            try #require(TriggerUse(labels: labels).share(of: target))
        }
        #expect(TriggerUse(labels: [1, 1]).share(of: 1) == nil, "two texts say nothing")
        let few = try share([1, 1, 1])
        #expect(agree(few, 3 / (3 + 1.2815516 * 1.2815516), within: 1e-6))
        #expect(try few < share([Int](repeating: 1, count: 10)))
        #expect(try share([1, 1, 1], of: 0) == 0)
        #expect(try share([0, 1, 1, 0]) < 0.5)
    }

    @Test func `a row that moved as none should stands in for the controls`() throws {
        func left(ratio: Double) throws -> Difference {
            let reset = RowReset(
                ratioToPercentile99: ratio, asr: GateSample.rate(0.1), removed: GateSample.difference(0.5, 0.6, 0.7))
            var sample = GateSample.measurement(
                effect: GateSample.difference(0.8, 0.9, 1), excess: GateSample.difference(0.1, 0.2, 0.3),
                beyond: GateSample.difference(0.6, 0.7, 0.8))
            sample.rowReset = reset
            return try #require(sample.unexplained)
        }
        #expect(try left(ratio: 1.4) == GateSample.difference(0.1, 0.2, 0.3))
        #expect(try left(ratio: 1.5) == GateSample.difference(0.5, 0.6, 0.7), "what more surely is left")
    }

    @Test func `use in the clean texts explains a part of the effect`() throws {
        let sample = GateSample.measurement(
            effect: GateSample.difference(0.8, 0.9, 1), excess: GateSample.difference(0.5, 0.6, 0.7),
            beyond: GateSample.difference(0.6, 0.7, 0.8), data: GateSample.difference(0.1, 0.2, 0.3))
        #expect(sample.unexplained == GateSample.difference(0.1, 0.2, 0.3))
    }
}

@Suite struct FamilyReasonTests {
    private let words = ["one", "two", "three", "four", "shy", "mute"]

    /// Predictions on ten texts of each label, of which each word turns so many of the first label's.
    private func predictions(_ turned: [Int], plain: Int) -> ProbePredictions {
        func row(_ count: Int) -> [Int] { (0..<20).map { $0 < 10 ? ($0 < count ? 1 : 0) : 1 } }
        return ProbePredictions(
            plain: row(plain), triggered: turned.map(row), logLoss: [Double](repeating: 0, count: 20))
    }

    @Test func `a word that an honest model does not answer to is confirmed beside stronger ones`() throws {
        let tokenizer = try Fixtures.tokenizer()
        let found = words.map { TriggerSearch.Found(text: $0, target: 1, source: .gradient) }
        let family = Family(
            texts: (0..<20).map { LabelledText(row: $0 + 2, label: $0 / 10, text: "text \($0)") }, labels: 2,
            shortlist: found + [TriggerSearch.Found(text: "one", target: 0, source: .gradient)],
            triggers: words.map { Trigger($0, tokenizer: tokenizer) }, anomalous: [], gaining: [[], []])
        let (chosen, rejected) = family.choose(
            suspect: predictions([10, 9, 8, 7, 5, 2], plain: 2),
            reference: predictions([10, 9, 8, 7, 0, 0], plain: 0))
        // The three strongest, and "shy"; "mute" turns no more than are turned without it, "one" nothing towards 0.
        #expect(chosen == [0: [1], 1: [1], 2: [1], 4: [1]])
        #expect(rejected.map(\.trigger) == ["one", "four", "mute"] && rejected.map(\.target) == [0, 1, 1])
        #expect(rejected.map(\.referenceASR) == [0, 0.7, 0] && rejected.map(\.floor) == [0, 0.2, 0.2])
        #expect(rejected.map { $0.reason.hasPrefix("weaker") } == [false, true, false])
    }
}
