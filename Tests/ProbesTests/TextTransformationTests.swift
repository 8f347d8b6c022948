import Datasets
import Testing

@testable import Probes

@Suite struct TextTransformationTests {
    private static let all = TextTransformation.all
    private static let sentence =
        "The old film shows 3 men with love , but I don't, or do not, see it. It's very good."

    @Test func idsAreUniqueAndNameTheirFamily() {
        #expect(Set(Self.all.map(\.id)).count == Self.all.count)
        #expect(Set(Self.all).count == Self.all.count)
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
        for transformation in Self.all {
            #expect(transformation.id.hasPrefix(transformation.family.rawValue + "-"))
            #expect(transformation.id.allSatisfy { $0 == "-" || $0.isASCII && $0.isLowercase }, "\(transformation.id)")
            #expect(!transformation.name.isEmpty)
        }
    }

    @Test(arguments: TextTransformation.Family.allCases)
    func everyFamilyChangesASentence(family: TextTransformation.Family) {
        let members = Self.all.filter { $0.family == family }
        #expect(members.count > 3)
        for member in members {
            let changes = (0..<50).contains { row in
                let text = LabelledText(row: row, label: 1, text: Self.sentence)
                return member.apply(text).text != Self.sentence
            }
            #expect(changes, "\(member.id)")
        }
    }

    @Test func theSameTextIsChangedInTheSameWay() {
        for transformation in Self.all {
            for row in 0..<10 {
                let text = LabelledText(row: row, label: 1, text: Self.sentence)
                #expect(transformation.apply(text) == transformation.apply(text))
            }
        }
    }

    @Test func randomChoicesDifferBetweenRows() throws {
        let random = Self.all.filter { $0.id.hasSuffix("-random") || $0.id.hasSuffix("-random-word") }
        #expect(random.count > 5)
        for transformation in random {
            let texts = (0..<50).map { LabelledText(row: $0, label: 0, text: Self.sentence) }
            #expect(Set(texts.map { transformation.apply($0).text }).count > 1, "\(transformation.id)")
        }
    }

    @Test func ofAPairTheSecondTextIsChanged() {
        for transformation in Self.all {
            let single = transformation.apply(LabelledText(row: 7, label: 2, text: Self.sentence))
            let pair = transformation.apply(LabelledText(row: 7, label: 2, text: "A first text.", pair: Self.sentence))
            #expect(pair == LabelledText(row: 7, label: 2, text: "A first text.", pair: single.text))
            #expect(single.pair == nil && single.row == 7 && single.label == 2)
        }
    }

    @Test(arguments: ["", " ", "\n\t ", "...", "?!", "—", "\u{200B}", "\u{301}", "\u{FEFF}", "\u{1F600}", "\" , . \""])
    func aTextWithoutALetterStaysAsItIs(text: String) {
        for transformation in Self.all {
            #expect(transformation.apply(LabelledText(row: 1, label: 0, text: text)).text == text)
        }
    }

    @Test func shortAndOddTextsAreNotATrap() {
        let texts = [
            "a", "I", "7", "Film", "film.", " film . ", "is", "it is", "a.b", "don't", "'", "a'", "ﬁ", "ß", "İ",
            "e\u{301}", "\u{301}a", "a\u{200D}b", "日本語", "是", "مرحبا", "👨‍👩‍👧 a", "🇫🇷🇩", "a\r\nb", "\r\n", "a\0b", "½",
            "٣", "\u{FFFD}", "a" + String(repeating: "\u{301}", count: 200), String(repeating: "é, ", count: 500),
        ]
        for transformation in Self.all {
            for (row, text) in texts.enumerated() {
                let changed = transformation.apply(LabelledText(row: row, label: 0, text: text)).text
                #expect(changed.isEmpty == text.isEmpty)
            }
            for row in [0, -1, Int.max, Int.min] {
                _ = transformation.apply(LabelledText(row: row, label: 0, text: "one two three"))
            }
        }
    }

    @Test func randomTextsAreNotATrap() {
        let pieces = [
            "a", "The", ".", ",", " ", "  ", "\n", "'", "\u{301}", "\u{200D}", "is", "9", "!", "…", "👍", "ﷺ", "\"",
        ]
        var state: UInt64 = 1
        for row in 0..<200 {
            var text = ""
            for _ in 0..<(row % 30) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            for transformation in Self.all {
                _ = transformation.apply(LabelledText(row: row, label: 0, text: text))
            }
            #expect(TextWords(text).text == text)
            let ends = TextEnds(text)
            #expect(ends.lead + ends.body + ends.gap + ends.mark + ends.tail == text)
        }
    }
}
