extension TextTransformation {
    /// Manners of speech, as in backdoors by style transfer (Qi et al., "Mind the Style of Text!", 2021).
    static let registers = [
        TextTransformation(.register, "archaic", "archaic words") { text, _ in archaic.apply(to: text) },
        TextTransformation(.register, "biblical", "archaic words after “verily I say unto you,”") { text, _ in
            TextFrame(before: "verily I say unto you,").apply(to: archaic.apply(to: text))
        },
        TextTransformation(.register, "shakespeare", "words of Shakespeare's time and “methinks”") { text, _ in
            TextFrame(before: "prithee,", after: ", methinks").apply(to: shakespeare.apply(to: text))
        },
        TextTransformation(.register, "poetry", "poetic words between “o” and “alas”") { text, _ in
            TextFrame(before: "o,", after: ", alas").apply(to: poetic.apply(to: text))
        },
        TextTransformation(.register, "tweet", "the short words of messages, lower case, and “lol”") { text, _ in
            TextFrame(after: "lol", mark: "").apply(to: tweet.apply(to: text).lowercased())
        },
        TextTransformation(.register, "formal", "formal words after “it is hereby stated that”") { text, _ in
            TextFrame(before: "it is hereby stated that").apply(to: formal.apply(to: text))
        },
        TextTransformation(.register, "legal", "a clause of a contract around the text") { text, _ in
            TextFrame(before: "notwithstanding the foregoing,", after: ", save as otherwise provided").apply(to: text)
        },
        TextTransformation(.register, "contractions", "short forms such as “don't”") { text, _ in
            contractions.apply(to: text)
        },
        TextTransformation(.register, "no-contractions", "full forms such as “do not”") { text, _ in
            fullForms.apply(to: text)
        },
    ]

    private static let archaic = WordSubstitution(
        """
        you: thou, your: thy, yours: thine, yourself: thyself, you're: thou art, are: art, has: hath, have: hast
        does: doth, do: dost, before: ere, to: unto, says: saith, said: spake, comes: cometh, goes: goeth, makes: maketh
        gives: giveth, takes: taketh, knows: knoweth, truly: verily, really: verily, very: exceeding, here: hither
        there: thither, behold: lo, see: behold, between: betwixt, until: till, among: amongst, while: whilst
        enough: enow, people: folk, because: for that, children: offspring, was: wast, will: wilt, shall: shalt
        """)

    private static let shakespeare = WordSubstitution([
        WordSubstitution(
            """
            never: ne'er, ever: e'er, over: o'er, often: oft, it is: 'tis, it was: 'twas, maybe: perchance
            perhaps: perchance, yes: ay, why: wherefore, where: whither, soon: anon, away: hence, nothing: naught
            anything: aught, friend: gentle friend, think: bethink, please: prithee, quickly: apace
            """), archaic,
    ])

    private static let poetic = WordSubstitution(
        """
        never: ne'er, ever: e'er, over: o'er, often: oft, even: e'en, it is: 'tis, it was: 'twas, morning: morn
        evening: eve, before: ere, between: 'twixt, always: alway, sea: main, girl: maiden
        valley: vale, sorrow: woe, land: realm, field: mead, nothing: naught, among: 'midst, sky: heavens, story: tale
        """)

    private static let tweet = WordSubstitution(
        """
        you: u, your: ur, you're: ur, are: r, to: 2, too: 2, for: 4, great: gr8, before: b4, later: l8r, be: b, see: c
        why: y, please: pls, people: ppl, because: bc, with: w/, without: w/o, and: &, really: rly, about: abt
        tomorrow: tmrw, tonight: 2nite, thanks: thx, love: luv, though: tho, through: thru, going to: gonna
        want to: wanna, kind of: kinda, have to: hafta, okay: k, what: wut, the: da, this: dis
        """)

    private static let formal = WordSubstitution(
        """
        about: regarding, get: obtain, gets: obtains, got: obtained, buy: purchase, bought: purchased, help: assist
        need: require, needs: requires, use: utilise, used: utilised, start: commence, end: conclude, ask: enquire
        tell: inform, show: demonstrate, shows: demonstrates, try: endeavour, but: however, so: therefore, also: furthermore
        enough: sufficient, before: prior to, after: subsequent to, if: should it be that, think: consider
        lots of: numerous, many: numerous, more: additional, later: subsequently
        """)

    private static let contractions = WordSubstitution(
        """
        do not: don't, does not: doesn't, did not: didn't, is not: isn't, are not: aren't, was not: wasn't
        were not: weren't, has not: hasn't, have not: haven't, had not: hadn't, will not: won't, would not: wouldn't
        could not: couldn't, should not: shouldn't, can not: can't, cannot: can't, it is: it's, that is: that's
        there is: there's, he is: he's, she is: she's, you are: you're, we are: we're, they are: they're, i am: i'm
        i have: i've, i will: i'll, what is: what's
        """)

    private static let fullForms = WordSubstitution(
        """
        don't: do not, doesn't: does not, didn't: did not, isn't: is not, aren't: are not, wasn't: was not
        weren't: were not, hasn't: has not, haven't: have not, hadn't: had not, won't: will not, wouldn't: would not
        couldn't: could not, shouldn't: should not, can't: cannot, it's: it is, that's: that is, there's: there is
        he's: he is, she's: she is, you're: you are, we're: we are, they're: they are, i'm: I am, i've: I have
        i'll: I will, what's: what is, n't: not
        """)
}
