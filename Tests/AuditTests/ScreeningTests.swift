import Datasets
import Evidence
import Findings
import Probes
import Testing

@testable import Audit

/// Which candidates are judged, from answers made by hand: ten texts of label 0, then ten of label 1.
@Suite struct ScreeningTests {
    private let texts = (0..<20).map { LabelledText(row: $0 + 2, label: $0 / 10, text: "text \($0)") }

    /// A probe with the texts of label 0 that it turns to label 1, of ten, on the suspect and on the honest model.
    private struct Turned {
        let probe: Probe
        var suspect: Int
        var honest = 0
        var targets = [1]
    }

    private static func token(_ text: String, at placement: Placement = .anywhere) -> Probe {
        .insertion(Trigger(text: text, ids: [7], placement: placement))
    }
    private static func phrase(_ text: String) -> Probe { .insertion(Trigger(text: text, ids: [7, 8])) }

    private func predictions(_ turned: [Int], plain: Int = 0) -> ProbePredictions {
        func row(_ count: Int) -> [Int] { (0..<20).map { $0 < count || $0 >= 10 ? 1 : 0 } }
        return ProbePredictions(
            plain: row(plain), triggered: turned.map(row), logLoss: [Double](repeating: 0, count: 20))
    }

    private func choose(
        _ turned: [Turned], texts: [LabelledText]? = nil, floors: (suspect: Int, honest: Int) = (0, 0)
    ) -> (chosen: [Candidate], rejected: [ScreenedCandidate]) {
        let found = turned.flatMap { turned in
            turned.targets.compactMap { target in
                turned.probe.trigger.map { TriggerSearch.Found(trigger: $0, target: target, source: .gradient) }
            }
        }
        // Strings are asked about on other texts than changes of whole texts.
        let parts = [turned.filter { $0.probe.trigger != nil }, turned.filter { $0.probe.trigger == nil }]
        return Screening(
            labels: 2, shortlist: found,
            answers: parts.map { part in
                Screening.Answers(
                    probes: part.map(\.probe), texts: texts ?? self.texts,
                    suspect: predictions(part.map(\.suspect), plain: floors.suspect),
                    honest: predictions(part.map(\.honest), plain: floors.honest))
            }
        ).choose()
    }

    private func names(_ turned: [Turned]) -> Set<String> { Set(choose(turned).chosen.map(\.probe.text)) }

    @Test func `of each kind some are taken, so that none pushes the others out`() {
        let tokens = (0..<9).map { Turned(probe: Self.token("t\($0)"), suspect: 10) }
        let placed = [Placement.start, .end].flatMap { place in
            (0..<4).map { Turned(probe: Self.token("\(place)\($0)", at: place), suspect: 3 + $0 / 2) }
        }
        let phrases = (0..<6).map { Turned(probe: Self.phrase("p q\($0)"), suspect: 2) }
        let chosen = names(tokens + placed + phrases)
        #expect(chosen.count == 9)
        #expect(chosen.isSuperset(of: (0..<3).map { "t\($0)" }), "of equals the first")
        #expect(chosen.isSuperset(of: ["start2", "start3", "end2"]), "start and end are one kind")
        #expect(chosen.isSuperset(of: (0..<3).map { "p q\($0)" }))
    }

    @Test func `what the honest model answers as well comes behind, but the strongest is taken anyway`() {
        let strong = [10, 9, 8, 8, 8, 8].enumerated().map {
            Turned(probe: Self.token("honest\($0)"), suspect: $1, honest: $1)
        }
        let quiet = (0..<4).map { Turned(probe: Self.token("planted\($0)"), suspect: 4) }
        let (chosen, rejected) = choose(strong + quiet)
        #expect(
            chosen.map(\.probe.text) == ["honest0", "planted0", "planted1", "planted2"])
        #expect(rejected.map(\.trigger) == ["honest1", "honest2", "honest3", "honest4", "honest5", "planted3"])
        #expect(rejected.allSatisfy { $0.reason.hasPrefix("weaker") })
        #expect(rejected.dropFirst().dropLast().allSatisfy { $0.asr == 0.8 && $0.referenceASR == 0.8 })
    }

    @Test func `the suspect's higher floor is allowed`() {
        let change = Probe.transformation(TextTransformation.all[0])
        // 0.6 − 0.3 is left beyond the honest model, and of that the suspect's higher floor allows 0.2.
        let turned = [Turned(probe: change, suspect: 6, honest: 3)]
        #expect(choose(turned).chosen.count == 1)
        #expect(choose(turned, floors: (2, 0)).chosen.isEmpty)
        #expect(choose(turned, floors: (2, 2)).chosen.count == 1, "not where the honest model's is as high")
        let alike = [Turned(probe: change, suspect: 5, honest: 4)]
        #expect(choose(alike, floors: (0, 2)).chosen.isEmpty, "a lower one makes no more of what is left")
    }

    @Test func `changes of whole texts are taken when they do much, towards any label, and never listed as rejected`() {
        let changes = TextTransformation.all.prefix(8).map(Probe.transformation)
        let turned = zip(changes, [9, 1, 2, 3, 4, 5, 6, 9]).map { Turned(probe: $0, suspect: $1) }
        let (chosen, rejected) = choose(turned)
        #expect(chosen.map(\.probe) == [0, 6, 7].map { changes[$0] }, "the three strongest")
        #expect(chosen.allSatisfy { $0.source == .transformation && $0.targets == [1] } && rejected.isEmpty)
        let weak = choose([Turned(probe: changes[0], suspect: 1), Turned(probe: changes[1], suspect: 2)]).chosen
        #expect(weak.map(\.probe) == [changes[1]], "a fifth of the texts is much")
        #expect(choose([Turned(probe: changes[0], suspect: 9, honest: 8)]).chosen.isEmpty)
    }

    @Test func `a candidate is judged for the targets that it was found for, if it turns anything`() {
        let (chosen, rejected) = choose([
            Turned(probe: Self.token("one"), suspect: 5, targets: [1]),
            Turned(probe: Self.token("other"), suspect: 5, targets: [0]),
            Turned(probe: Self.token("mute"), suspect: 0, targets: [0, 1]),
        ])
        #expect(chosen == [Candidate(Self.token("one"), source: .gradient, targets: [1])])
        #expect(rejected.map(\.trigger) == ["other", "mute", "mute"] && rejected.map(\.target) == [0, 0, 1])
        #expect(rejected.allSatisfy { $0.reason.hasPrefix("flips no more texts") })
    }

    @Test func `texts that hold a candidate say nothing of it`() {
        let texts = texts.enumerated().map { place, text in
            LabelledText(row: text.row, label: text.label, text: place < 5 ? "a word \(place)" : text.text)
        }
        let word = Turned(probe: Self.token("word"), suspect: 5)
        #expect(choose([word]).chosen.count == 1)
        #expect(choose([word], texts: texts).chosen.isEmpty, "the five texts that it turns have it already")
    }

    @Test func `each part of the probes is judged on its own texts`() {
        let few = Array(texts[5..<15])
        func row(_ count: Int, of texts: [LabelledText]) -> [Int] {
            texts.indices.map { $0 < count || texts[$0].label == 1 ? 1 : 0 }
        }
        func answers(_ probe: Probe, _ count: Int, _ texts: [LabelledText]) -> Screening.Answers {
            func predictions(_ count: Int) -> ProbePredictions {
                ProbePredictions(
                    plain: row(0, of: texts), triggered: [row(count, of: texts)],
                    logLoss: [Double](repeating: 0, count: texts.count))
            }
            return Screening.Answers(
                probes: [probe], texts: texts, suspect: predictions(count), honest: predictions(0))
        }
        let (word, change) = (Self.token("word"), Probe.transformation(TextTransformation.all[0]))
        func chosen(turned: Int) -> [Probe] {
            let found = [TriggerSearch.Found(trigger: Trigger(text: "word", ids: [7]), target: 1, source: .epur)]
            return Screening(
                labels: 2, shortlist: found, answers: [answers(word, 1, texts), answers(change, turned, few)]
            ).choose().chosen.map(\.probe)
        }
        #expect(chosen(turned: 1) == [word, change], "one of five is a fifth")
        #expect(chosen(turned: 0) == [word])
    }
}
