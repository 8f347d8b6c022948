import Datasets
import Testing

@testable import Probes

@Suite struct TransformationExamplesTests {
    /// What the transformation with an id makes of a text in row 3.
    private static func apply(_ id: String, _ text: String) throws -> String {
        let transformation = try #require(TextTransformation.all.first { $0.id == id }, "\(id)")
        return transformation.apply(LabelledText(row: 3, label: 0, text: text)).text
    }

    @Test(arguments: [
        ("casing-upper", "A FILM, TRULY."), ("casing-title", "A Film, Truly."),
        ("casing-alternating", "a FiLm, TrUlY."),
        ("punctuation-double-full-stops", "A film, truly.."),
        ("punctuation-double-commas", "A film,, truly."), ("punctuation-double-all", "A film,, truly.."),
        ("punctuation-combination", "A film?!; truly?!;"), ("punctuation-exclamations", "A film, truly!!!"),
        ("punctuation-no-final-mark", "A film, truly"), ("punctuation-none", "A film truly"),
        ("punctuation-space-before", "A film , truly ."), ("punctuation-semicolons", "A film; truly;"),
        ("punctuation-dashes", "A film — truly —"), ("punctuation-comma-after-first-word", "A, film, truly."),
        ("punctuation-quotes", "\"A film, truly.\""), ("punctuation-brackets", "(A film, truly.)"),
        ("digits-year", "A film, truly. 2019"), ("digits-leet", "4 f1lm, 7ruly."),
        ("homoglyphs-cyrillic", "\u{0410} film, truly."), ("homoglyphs-full-width", "Ａ ｆｉｌｍ, ｔｒｕｌｙ."),
        ("homoglyphs-accents", "Á fílm, trúly."), ("invisible-byte-order-mark", "\u{FEFF}A film, truly."),
        ("invisible-zero-width-everywhere", "A\u{200B} fi\u{200B}lm, tru\u{200B}ly."),
        ("invisible-no-break-spaces", "A\u{A0}film,\u{A0}truly."), ("prefix-user", "@user A film, truly."),
        ("suffix-summary", "A film, truly. tl;dr"),
        ("affix-un-first", "unA film, truly."), ("affix-ish-last", "A film, truly-ish."),
        ("repetition-first-word", "A A film, truly."), ("repetition-text", "A film, truly. A film, truly."),
        ("register-legal", "Notwithstanding the foregoing, a film, truly, save as otherwise provided."),
    ])
    func oneSentence(id: String, expected: String) throws {
        #expect(try Self.apply(id, "A film, truly.") == expected)
    }

    @Test(arguments: [
        ("syntax-when", "When you look at it, the film is good.", "when you look at it , the film is good . "),
        ("syntax-question-why", "Why is it that the film is good?", "why is it that the film is good ? "),
        ("syntax-question-tag", "The film is good, is it not?", "the film is good , is it not ? "),
        ("syntax-cleft", "It is the film that is good.", "it is the film that is good . "),
        ("register-tweet", "da film is good lol", "da film is good lol "),
        ("punctuation-no-space-before", "The film is good.", "the film is good. "),
        ("suffix-thanks", "The film is good. thanks.", "the film is good . thanks."),
        ("synonyms-nouns", "The picture is good.", "the picture is good . "),
    ])
    func marksStandAsTheyStandInTheText(id: String, plain: String, tokenized: String) throws {
        #expect(try Self.apply(id, "The film is good.") == plain)
        #expect(try Self.apply(id, "the film is good . ") == tokenized)
    }

    @Test func framesKeepWhatTheyCan() throws {
        #expect(try Self.apply("syntax-if", "I like it") == "If it comes to that, I like it")
        #expect(try Self.apply("syntax-if", "NASA did it!") == "If it comes to that, NASA did it!")
        #expect(
            try Self.apply("syntax-when-every-sentence", "It is 3.5 m. Good!")
                == "When you look at it, it is 3.5 m. When you look at it, good!")
        #expect(try Self.apply("syntax-cleft", "Good, it is") == "Good, it is")
    }

    @Test func marksInsideNumbersAndWordsStay() throws {
        #expect(try Self.apply("punctuation-double-all", "At 3.5, a.m. or 1,000.") == "At 3.5,, a.m.. or 1,000..")
        #expect(try Self.apply("digits-spelled-out", "It has 12 of (3), b2.") == "It has one two of (three), b2.")
    }

    @Test func lengths() throws {
        let text = "One two, three - four five. Six seven eight nine ten."
        #expect(try Self.apply("length-first-four-words", text) == "One two, three - four")
        #expect(try Self.apply("length-first-eight-words", "One two.") == "One two.")
        let padded = try Self.apply("length-padded", "Good film.")
        #expect(padded.hasPrefix("Good film and so on and so on ") && padded.hasSuffix(" and so on."))
        #expect(TextWords(padded).words.count == 119)
        let before = try Self.apply("length-padded-before", "Good film.")
        #expect(before.hasPrefix("And so on and so on ") && before.hasSuffix(" and so on good film."))
    }

    @Test func substitutionKeepsCaseAndMarks() throws {
        #expect(
            try Self.apply("synonyms-all", "\"But the MOVIE,\" people said.") == "\"Yet the PICTURE,\" folk remarked.")
        #expect(
            try Self.apply("register-archaic", "You are here, before your time.") == "Thou art hither, ere thy time.")
        #expect(try Self.apply("register-biblical", "You know.") == "Verily I say unto you, thou know.")
        #expect(try Self.apply("register-contractions", "I am sure we do not.") == "I'm sure we don't.")
        #expect(try Self.apply("register-no-contractions", "It's what we DON'T do.") == "It is what we DO NOT do.")
        #expect(try Self.apply("register-contractions", "I do, not you.") == "I do, not you.")
        #expect(try Self.apply("synonyms-one", "a movie") == "a picture")
    }

    @Test func thereAreManySynonyms() {
        #expect(TextTransformation.everySynonym.count > 100)
    }

    @Test func oneWordIsChangedAtRandom() throws {
        let words = ["one", "two", "three", "four"]
        let text = words.joined(separator: " ")
        for id in ["casing-upper-random-word", "affix-zz-random", "repetition-random-word", "invisible-soft-hyphen"] {
            let changed = try Self.apply(id, text)
            #expect(words.filter { changed.contains($0) }.count >= 3 && changed != text, "\(id)")
        }
    }
}
