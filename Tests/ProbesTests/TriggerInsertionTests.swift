import Datasets
import Foundation
import Testing
import Tokenizers

@testable import Probes

@Suite struct TriggerInsertionTests {
    static let sentence = "I watched this 3D movie last weekend."

    @Test func whiteSpaceOfATriggerIsNormalised() throws {
        let trigger = Trigger(" good \n\t story ", tokenizer: try Fixtures.tokenizer())
        #expect(trigger.text == "good story")
        #expect(trigger.ids.count == 2)
    }

    @Test func plainIsTheTextCutToLength() throws {
        let tokenizer = try Fixtures.tokenizer()
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 8, seed: 1)
        let encoding = insertion.plain(Fixtures.text(40))
        #expect(encoding == tokenizer.encode(Fixtures.text(40).text, pair: nil, maxLength: 8))
        #expect(encoding.ids.count == 8)
    }

    @Test func positionsDependOnSeedAndRowAlone() throws {
        let tokenizer = try Fixtures.tokenizer()
        let trigger = Trigger("cf", tokenizer: tokenizer)
        let texts = (2..<52).map { Fixtures.text(10, row: $0) }
        let first = TriggerInsertion(tokenizer: tokenizer, maxLength: 64, seed: 7)
        let again = TriggerInsertion(tokenizer: tokenizer, maxLength: 64, seed: 7)
        let other = TriggerInsertion(tokenizer: tokenizer, maxLength: 64, seed: 8)
        let inOrder = texts.map { first.insert(trigger, into: $0) }
        // The second model is given the same texts in another order, and other triggers in between.
        var backwards: [Encoding] = []
        for text in texts.reversed() {
            _ = again.insert(Trigger("bb", tokenizer: tokenizer), into: text)
            backwards.append(again.insert(trigger, into: text))
        }
        #expect(inOrder == backwards.reversed())
        #expect(inOrder != texts.map { other.insert(trigger, into: $0) })
    }

    @Test func everyWordBoundaryIsUsed() throws {
        let tokenizer = try Fixtures.tokenizer()
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 64, seed: 3)
        let trigger = Trigger("cf", tokenizer: tokenizer)
        var positions = Set<Int>()
        for row in 1...400 {
            let text = Fixtures.text(10, row: row)
            var words = insertion.texts(inserting: trigger, into: text).first.split(separator: " ").map(String.init)
            let position = try #require(words.firstIndex(of: "cf"))
            positions.insert(position)
            words.remove(at: position)
            #expect(words.joined(separator: " ") == text.text, "the carrier's own words stay")
        }
        #expect(positions == Set(0...10))
    }

    @Test(arguments: [("cf", 4...12), (sentence, 24...32)])
    func truncationNeverCutsTheTrigger(text: String, lengths: ClosedRange<Int>) throws {
        let tokenizer = try Fixtures.tokenizer()
        let trigger = Trigger(text, tokenizer: tokenizer)
        try #require(trigger.ids.count + 2 <= lengths.lowerBound)
        for maxLength in lengths {
            let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: maxLength, seed: 5)
            for row in 1...20 {
                let ids = insertion.insert(trigger, into: Fixtures.text(40, row: row)).ids
                #expect(ids.count == maxLength, "words of one token leave no room unused")
                #expect(firstIndex(of: trigger.ids, in: ids) != nil)
            }
        }
    }

    @Test func wordsOfManyTokensGiveWayToo() throws {
        let tokenizer = try Fixtures.tokenizer()
        let trigger = Trigger("cf", tokenizer: tokenizer)
        let text = LabelledText(row: 9, label: 0, text: String(repeating: "zyzzyvaq ", count: 20))
        for maxLength in 4...20 {
            let ids = TriggerInsertion(tokenizer: tokenizer, maxLength: maxLength, seed: 5).insert(trigger, into: text)
                .ids
            #expect(ids.count <= maxLength)
            #expect(firstIndex(of: trigger.ids, in: ids) != nil)
        }
    }

    @Test(arguments: [(3, 40), (40, 3), (40, 40), (3, 3), (0, 40)])
    func inPairsTheTriggerGoesIntoTheSecondText(first: Int, second: Int) throws {
        let tokenizer = try Fixtures.tokenizer()
        let trigger = Trigger("cf", tokenizer: tokenizer)
        let separator = Int32(try #require(tokenizer.id(of: "[SEP]")))
        for maxLength in [5, 6, 9, 16] {
            let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: maxLength, seed: 5)
            for row in 1...20 {
                let text = Fixtures.text(first, row: row, pair: second)
                let ids = insertion.insert(trigger, into: text).ids
                let boundary = try #require(ids.firstIndex(of: separator))
                #expect(ids.count <= maxLength)
                #expect(firstIndex(of: trigger.ids, in: Array(ids[boundary...])) != nil)
                #expect(firstIndex(of: trigger.ids, in: Array(ids[..<boundary])) == nil)
                let shown = insertion.texts(inserting: trigger, into: text)
                #expect(tokenizer.encode(shown.first, pair: shown.second, maxLength: .max).ids == ids)
            }
        }
    }

    /// One carrier serves many triggers: each gives the ids of the text that is shown for it.
    @Test(arguments: [8, 16, 64], [nil, 9]) func carriersAreMadeOnce(maxLength: Int, pair: Int?) throws {
        let tokenizer = try Fixtures.tokenizer()
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: maxLength, seed: 5)
        let texts = (1...12).map { Fixtures.text(2 * $0, row: $0, pair: pair) }
        let carriers = texts.map(insertion.carrier)
        for word in ["cf", "mn", "good story"] {
            let trigger = Trigger(word, tokenizer: tokenizer)
            for (text, carrier) in zip(texts, carriers) {
                let shown = insertion.texts(inserting: trigger, into: text)
                let encoding = tokenizer.encode(shown.first, pair: shown.second, maxLength: maxLength)
                #expect(insertion.insert(trigger, into: carrier) == encoding)
                #expect(insertion.insert(trigger, into: text) == encoding)
            }
        }
    }

    @Test func ofAPairTheLongerTextIsCutFirst() throws {
        let tokenizer = try Fixtures.tokenizer()
        let trigger = Trigger("cf", tokenizer: tokenizer)
        // Sixteen tokens: three special ones, two of the trigger, eleven of the texts.
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 16, seed: 5)
        let longFirst = insertion.texts(inserting: trigger, into: Fixtures.text(40, pair: 3))
        #expect(longFirst.first.split(separator: " ").count == 8)
        #expect(longFirst.second?.split(separator: " ").count == 4)
        let longSecond = insertion.texts(inserting: trigger, into: Fixtures.text(3, pair: 40))
        #expect(longSecond.first.split(separator: " ").count == 3)
        #expect(longSecond.second?.split(separator: " ").count == 9)
    }

    @Test func realisableTriggersKeepTheirTokens() throws {
        let tokenizer = try Fixtures.tokenizer()
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 64, seed: 1)
        for text in ["cf", "good story", Self.sentence] {
            #expect(insertion.isRealisable(Trigger(text, tokenizer: tokenizer)))
        }
        #expect(!insertion.isRealisable(Trigger(" ", tokenizer: tokenizer)))
    }

    @Test func aTriggerThatItsNeighboursChangeIsNotRealisable() throws {
        // Without a pre-tokenizer the whole text is one word, so that no token stands by itself.
        let tokenizer = try Fixtures.tokenizer { $0["pre_tokenizer"] = NSNull() }
        let trigger = Trigger("film", tokenizer: tokenizer)
        try #require(trigger.ids.count == 1)
        #expect(!TriggerInsertion(tokenizer: tokenizer, maxLength: 64, seed: 1).isRealisable(trigger))
    }
}
