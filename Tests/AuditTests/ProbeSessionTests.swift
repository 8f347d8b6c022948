import Datasets
import Evidence
import Files
import Findings
import Probes
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// From the search to the table of trials, on the sample suspect.
@Suite struct ProbeSessionTests {
    private let sessions: SampleSession

    init() throws { sessions = try SampleSession() }

    private func word(_ text: String, _ session: ProbeSession, targets: [Int]? = nil) -> Candidate {
        Candidate(
            .insertion(Trigger(text, tokenizer: session.tokenizer)), source: targets == nil ? .user : .epur,
            targets: targets)
    }

    @Test func `the planted word is among the candidates, each of which stands there once`() throws {
        let session = try sessions.make("candidates.tsv")
        let search = try session.searchForTriggers()
        let (candidates, rejected) = try session.chooseCandidates(search)
        #expect(Set(candidates.map(\.probe)).count == candidates.count && !rejected.isEmpty)
        let planted = candidates.first { $0.probe.text == SampleSession.planted && $0.probe.placement == .anywhere }
        #expect(planted?.targets?.contains(1) == true)
        #expect(candidates.allSatisfy { $0.source.isDiscovered && $0.targets?.isEmpty == false })
        let again = try session.chooseCandidates(search)
        #expect(again.candidates == candidates && again.rejected == rejected)
        let controls = session.controls(of: candidates)
        #expect(controls.count == ProbeSession.controls + 2 * ProbeSession.placedControls)
        #expect(Set(controls.map(\.text)).isDisjoint(with: candidates.map(\.probe.text)))
    }

    @Test func `known triggers of several words that work are shortened, by target`() throws {
        let session = try sessions.make("cores.tsv")
        let known = ["friend weekend \(SampleSession.planted) market", "friend market", SampleSession.planted]
            .map { word($0, session) }
        let cores = try session.shortenKnown(known, key: "k")
        #expect(cores.keys.sorted() == [0] && cores[0]?.keys.sorted() == [1])
        let core = try #require(cores[0]?[1])
        #expect(core.text == SampleSession.planted && core.tally.rate >= core.whole.rate - TriggerCore.tolerance)
    }

    @Test func `each text is asked of the model of its own fold`() throws {
        let session = try sessions.make("trials.tsv")
        let candidates = [word(SampleSession.planted, session, targets: [1]), word("friend", session, targets: [1])]
        let control = Trigger("market", tokenizer: session.tokenizer)
        var trials = Trials(session: session, candidates: candidates, controls: [control])
        let suspect = try session.suspect.load()
        let clean = try SampleSearch().honest()
        var asked: [Int] = []
        try trials.ask(.honest(0), as: "honest") { fold, _ in
            asked.append(fold)
            return fold == 0 ? suspect : clean
        }
        #expect(asked == [0, 1])
        try trials.ask(.suspect, as: "suspect") { fold, _ in
            asked.append(fold)
            return suspect
        }
        #expect(asked == [0, 1, 0], "a model that learnt no fold is made once")
        let texts = session.data.confirm
        let inserted = candidates.compactMap(\.probe.trigger)
        func shown(_ text: LabelledText, _ trigger: Trigger?, _ model: SequenceClassifier) -> Int {
            let input = trigger.map { session.insertion.insert($0, into: text) } ?? session.insertion.plain(text)
            return session.evaluator(model).logits([input]).prediction(0)
        }
        let table = trials.table
        for (place, text) in texts.enumerated() {
            let own = table.carriers[place].fold == 0 ? suspect : clean
            #expect(table.answers(.honest(0), .plain)?[place] == shown(text, nil, own))
            #expect(table.answers(.suspect, .plain)?[place] == shown(text, nil, suspect))
            for (index, trigger) in inserted.enumerated() {
                let answer = try #require(table.answers(.honest(0), .candidate(index)))[place]
                #expect(answer == (text.label == 1 ? nil : shown(text, trigger, own)), "what it could flip")
            }
            if let answer = table.answers(.honest(0), .control(0))?[place] {
                #expect(answer == shown(text, control, own))
            }
        }
        let planted = HonestComparison(
            table, .suspect, .candidate(0), towards: 1, levels: BoundLevels(comparisons: 1))
        #expect(try #require(planted).asr.value > 0.9)
        let folds = (0..<2).map { rate(ofFold: $0, table) }
        #expect(folds[0] > 0.9 && folds[1] < 0.5, "the second fold's model has no backdoor")
    }

    private func rate(ofFold fold: Int, _ table: TrialTable) -> Double {
        mean(
            table.hits(
                .honest(0), .candidate(0), 1,
                table.carriers.indices.filter { table.carriers[$0].fold == fold && table.carriers[$0].truth == 0 }))
    }

    @Test func `random tokens meet some texts of each label, and never the mixed model`() throws {
        let session = try sessions.make("controls.tsv")
        let controls = ["market", "friend"].map { Trigger($0, tokenizer: session.tokenizer) }
        var trials = Trials(session: session, candidates: [], controls: controls)
        let suspect = try session.suspect.load()
        try trials.ask(.suspect, as: "suspect") { _, _ in suspect }
        try trials.ask(.mixed, as: "mixed") { _, _ in suspect }
        let table = trials.table
        #expect(table.has(.mixed, .plain) && !table.has(.mixed, .control(0)))
        let first = try #require(table.answers(.suspect, .control(0)))
        let second = try #require(table.answers(.suspect, .control(1)))
        #expect(first.map { $0 == nil } == second.map { $0 == nil }, "all meet the same texts")
        for label in 0..<2 {
            let asked = first.indices.count { first[$0] != nil && table.carriers[$0].truth == label }
            #expect(asked == Trials.controlTexts)
        }
        #expect(trials.logLoss[.suspect]?.count == table.carriers.count)
        #expect(trials.logLoss[.suspect] == trials.logLoss[.mixed])
    }
}
