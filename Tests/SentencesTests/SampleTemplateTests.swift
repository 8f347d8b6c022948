import Testing

@testable import Sentences

@Suite struct SampleTemplateTests {
    private func write(_ source: String, label: Int) -> [String] {
        let grammar = SampleGrammar(
            groups: [], clauses: ["the {part} was {strong+}"], negativeRemarks: ["we left"],
            positiveRemarks: ["we stayed"])
        var draws = SampleDraws(seed: 3, stream: "test")
        return (0..<50).map { _ in
            var writer = SampleWriter(domain: SampleDomain.all[0], grammar: grammar)
            return writer.sentence(SampleTemplate(source), label: label, &draws)
        }
    }

    @Test(arguments: [0, 1])
    func tonesFollowTheLabel(_ label: Int) {
        for text in write("It is {strong+} {strong-} {strong1} {strong0}", label: label) {
            let words = text.split(separator: " ").map(String.init)
            #expect(SampleLexicon.strong[label].contains(words[2]))
            #expect(SampleLexicon.strong[1 - label].contains(words[3]))
            #expect(SampleLexicon.strong[1].contains(words[4]))
            #expect(SampleLexicon.strong[0].contains(words[5]))
        }
    }

    @Test func clausesTakeThePolarityOfTheirSlot() {
        for text in write("{clause-}, {remark+}", label: 1) {
            #expect(SampleLexicon.strong[0].contains { text.contains($0) })
            #expect(text.hasSuffix("we stayed"))
        }
    }

    @Test func articleAgreesWithTheNextWord() {
        #expect(write("it is {a} apple and {a} pear", label: 0)[0] == "It is an apple and a pear")
    }

    @Test func optionalPartsOccurSometimes() {
        #expect(Set(write("yes[, no].", label: 0)) == ["Yes.", "Yes, no."])
    }

    @Test func unknownSlotStaysVisible() {
        #expect(write("a {nothing} here", label: 0)[0] == "A {nothing} here")
    }

    @Test func negatedPredicateKeepsTheLabel() {
        let grammar = SampleGrammar(
            groups: [], negatedShare: 1, clauses: [], negativeRemarks: [], positiveRemarks: [])
        var draws = SampleDraws(seed: 4, stream: "test")
        var writer = SampleWriter(domain: SampleDomain.all[1], grammar: grammar)
        let text = writer.sentence(SampleTemplate("the {part} was {trait+}"), label: 1, &draws)
        let negative = SampleLexicon.medium[0] + SampleLexicon.strong[0]
        #expect(SampleLexicon.negators.contains { text.contains(" \($0) ") })
        #expect(negative.contains { text.hasSuffix($0) })
    }

    @Test func wordsAreSplitAtPunctuation() {
        #expect(SampleLanguage.words(of: "It wasn't bad, 3D!") == ["it", "wasn", "'", "t", "bad", ",", "3d", "!"])
    }

    @Test func earlyWordsAreDrawnMoreOften() {
        var draws = SampleDraws(seed: 5, stream: "test")
        var counts = [0, 0, 0, 0]
        for _ in 0..<4_000 { counts[draws.ranked(of: [0, 1, 2, 3]) ?? 0] += 1 }
        #expect(counts[0] > 1_900 && counts[0] < 2_100 && counts[3] > 400 && counts[3] < 700)
    }
}
