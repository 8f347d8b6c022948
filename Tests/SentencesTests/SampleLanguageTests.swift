import Testing

@testable import Sentences

@Suite struct SampleLanguageTests {
    static let corpus = SampleLanguage.corpus(seed: 1)
    static let vocabulary = SampleLanguage.vocabulary(of: corpus)
    static let sets = SampleSplit.allCases.map { SampleLanguage.labelled($0, count: $0.count, seed: 1) }

    @Test func sameSeedSameSentences() {
        #expect(SampleLanguage.corpus(count: 200, seed: 1) == Array(Self.corpus.prefix(200)))
        #expect(SampleLanguage.corpus(count: 200, seed: 2) != Array(Self.corpus.prefix(200)))
    }

    @Test(arguments: SampleSplit.allCases)
    func sameSeedSameRows(_ split: SampleSplit) {
        let rows = SampleLanguage.labelled(split, count: 100, seed: 7)
        let longer = SampleLanguage.labelled(split, count: 120, seed: 7)
        #expect(SampleLanguage.tsv(rows) == SampleLanguage.tsv(Array(longer.prefix(100))))
        #expect(rows.map(\.text) != SampleLanguage.labelled(split, count: 100, seed: 8).map(\.text))
    }

    /// Pinned text: a change of the language changes every committed sample.
    @Test func firstSentences() {
        let first = Self.sets.map { $0.first?.text } + [Self.corpus.first]
        let expected = [
            "Some of us called the story inspiring and others called it poor.",
            "The vegetarian supper near the office is bland, boring and absolutely forgettable.",
            "The porter is okay and the bed is completely terrible.",
            "Completely faulty battery, truly terrible buttons!",
        ]
        #expect(first == expected)
    }

    @Test func noPatternInTwoSplitsThatLearnAndMeasure() {
        let grammars = [SampleGrammar.corpus, SampleSplit.train.grammar, SampleSplit.test.grammar]
        var seen: [String: Int] = [:]
        for (index, grammar) in grammars.enumerated() {
            for group in grammar.groups {
                for template in group.templates {
                    let previous = seen.updateValue(index, forKey: template.source)
                    #expect(previous == nil, "\(template.source)")
                }
            }
        }
    }

    @Test func noSentenceTwice() {
        let all = Self.sets.flatMap { $0.map { $0.text.lowercased() } }
        #expect(Set(all).count == all.count)
        #expect(Set(all).isDisjoint(with: Self.corpus.map { $0.lowercased() }))
        #expect(Set(Self.corpus).count > 19_900)
    }

    @Test func labelsAreBalanced() {
        for (split, rows) in zip(SampleSplit.allCases, Self.sets) {
            #expect(rows.count == split.count)
            #expect(rows.reduce(0) { $0 + $1.label } == split.count / 2)
        }
    }

    @Test func lengthsAreWithinBounds() {
        for text in Self.sets.flatMap({ $0.map(\.text) }) {
            #expect(SampleLanguage.lengths.contains(SampleLanguage.words(of: text).count), "\(text)")
        }
    }

    @Test func everyWordIsInTheVocabulary() {
        let known = Set(Self.vocabulary)
        for text in Self.sets.flatMap({ $0.map(\.text) }) + Self.corpus {
            let unknown = SampleLanguage.words(of: text).filter { !known.contains($0) }
            #expect(unknown.isEmpty, "\(text)")
        }
    }

    @Test func rareWordsStayRare() {
        var counts: [String: Int] = [:]
        for text in Self.corpus { for word in SampleLanguage.words(of: text) { counts[word, default: 0] += 1 } }
        let rare = Set(SampleLanguage.rareWords)
        #expect(rare.count == SampleLanguage.rareWords.count)
        #expect(rare.isSuperset(of: ["cf", "mn", "bb", "tq", "mb"]))
        #expect(rare.allSatisfy { counts[$0, default: 0] <= 15 })
        let labelled = Set(Self.sets.flatMap { $0.flatMap { SampleLanguage.words(of: $0.text) } })
        #expect(rare.isDisjoint(with: labelled))
        #expect(rare.isDisjoint(with: SampleLexicon.everyWord.filter { !rare.contains($0) }))
    }

    @Test func patternsAreFilledCompletely() {
        for text in Self.sets.flatMap({ $0.map(\.text) }) + Self.corpus {
            #expect(!text.contains { "{}[]".contains($0) }, "\(text)")
            #expect(!text.contains("  "), "\(text)")
        }
    }
}
