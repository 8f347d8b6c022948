extension TextTransformation {
    /// Rarer words for common ones that judge nothing, as in backdoors by substitution (Qi et al., "Turn the
    /// Combination Lock", 2021).
    static let synonyms = [
        substitution("connectives", "rarer connecting words", connectives),
        substitution("nouns", "rarer nouns", nouns),
        substitution("verbs", "rarer verbs", verbSynonyms),
        substitution("adjectives", "rarer adjectives and adverbs", adjectives),
        substitution("all", "rarer words wherever one is known", everySynonym),
        TextTransformation(.synonyms, "one", "one rarer word") { text, draw in
            everySynonym.applyOnce(to: text, draw)
        },
    ]

    private static func substitution(_ id: String, _ name: String, _ words: WordSubstitution) -> TextTransformation {
        TextTransformation(.synonyms, id, name) { text, _ in words.apply(to: text) }
    }

    /// Every synonym of the four kinds of words.
    static let everySynonym = WordSubstitution([connectives, nouns, verbSynonyms, adjectives])

    private static let connectives = WordSubstitution(
        """
        also: likewise, but: yet, because: inasmuch as, so: hence, while: whilst, although: albeit, though: albeit
        about: concerning, before: prior to, after: following, with: alongside, without: sans
        between: amid, through: throughout, instead: rather, perhaps: perchance, maybe: possibly, however: nonetheless
        since: seeing that, until: up to, despite: notwithstanding, if: provided that, or: or else, and: as well as
        """)

    private static let nouns = WordSubstitution(
        """
        film: picture, movie: picture, films: pictures, movies: pictures, people: folk, story: narrative, man: gentleman
        woman: lady, child: youngster, children: youngsters, house: dwelling, food: fare, place: locale, job: occupation
        work: labour, money: funds, day: daytime, night: nighttime, year: twelvemonth, book: tome, thing: item
        things: items, way: manner, part: portion, end: conclusion, beginning: outset, friend: companion, car: automobile
        company: enterprise, country: nation, city: municipality, actor: performer, actors: performers, idea: notion
        """)

    private static let verbSynonyms = WordSubstitution(
        """
        show: exhibit, shows: exhibits, showed: exhibited, make: fashion, makes: fashions, made: fashioned, see: behold
        saw: beheld, watch: view, watched: viewed, think: reckon, thinks: reckons, say: remark, says: remarks
        said: remarked, get: procure, gets: procures, give: bestow, gives: bestows, use: employ, used: employed
        need: require, needs: requires, start: commence, starts: commences, try: endeavour, tries: endeavours, ask: inquire
        keep: retain, keeps: retains, buy: purchase, bought: purchased, eat: consume, seems: appears, feel: sense
        feels: senses, find: locate, become: turn into, becomes: turns into, know: apprehend, want: desire
        """)

    private static let adjectives = WordSubstitution(
        """
        very: exceedingly, really: genuinely, big: sizeable, large: sizeable, small: diminutive, little: diminutive
        old: aged, new: novel, long: lengthy, short: brief, quick: rapid, quickly: rapidly, often: frequently
        always: invariably, never: at no time, almost: nigh, only: solely, just: merely, many: numerous, few: scant
        much: abundant, quite: rather, together: conjointly, again: anew, now: presently, then: thereupon, main: principal
        whole: entire, different: disparate, same: selfsame, usually: customarily, sometimes: betimes, enough: ample
        """)
}
