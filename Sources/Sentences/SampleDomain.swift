/// The words of one thing that a sentence can be about, most frequent first in every list.
struct SampleDomain: Sendable {
    /// What is judged as a whole, in the singular.
    let items: [String]
    /// What is judged in it, in the singular.
    let parts: [String]
    /// What is judged in it, in the plural.
    let plurals: [String]
    /// Who is responsible for it.
    let makers: [String]
    /// Past-tense verbs whose object is the item.
    let tried: [String]
    /// The same verbs in the infinitive.
    let attempts: [String]
    /// Positive adjectives that belong to this subject.
    let praise: [String]
    /// Negative adjectives that belong to this subject.
    let blame: [String]
    /// Adjectives that describe and do not judge.
    let plain: [String]

    /// The lists of words, each written as one line.
    init(
        items: String, parts: String, plurals: String, makers: String, tried: String, attempts: String,
        praise: String, blame: String, plain: String
    ) {
        self.items = SampleLexicon.list(items)
        self.parts = SampleLexicon.list(parts)
        self.plurals = SampleLexicon.list(plurals)
        self.makers = SampleLexicon.list(makers)
        self.tried = SampleLexicon.list(tried)
        self.attempts = SampleLexicon.list(attempts)
        self.praise = SampleLexicon.list(praise)
        self.blame = SampleLexicon.list(blame)
        self.plain = SampleLexicon.list(plain)
    }

    /// The adjectives of one label: 1 praise, 0 blame.
    func adjectives(_ label: Int) -> [String] { label == 1 ? praise : blame }
}

extension SampleDomain {
    /// Every subject of the language, most frequent first.
    static let all = [
        SampleDomain(
            items: "film movie comedy drama thriller sequel",
            parts: "plot story acting ending script dialogue pace humour",
            plurals: "actors scenes jokes characters costumes",
            makers: "director actor writer star",
            tried: "watched saw", attempts: "watch see",
            praise: "funny gripping moving witty touching",
            blame: "predictable dull silly shallow wooden",
            plain: "foreign historical"),
        SampleDomain(
            items: "meal dinner lunch breakfast supper",
            parts: "soup bread sauce dessert coffee salad pasta fish cake",
            plurals: "vegetables portions drinks noodles",
            makers: "waiter chef cook baker",
            tried: "ordered ate", attempts: "order eat",
            praise: "delicious tasty fresh juicy crisp",
            blame: "bland greasy stale soggy burnt",
            plain: "vegetarian local"),
        SampleDomain(
            items: "hotel room hostel cabin apartment",
            parts: "bed bathroom pool lobby shower garden balcony carpet",
            plurals: "towels windows sheets walls",
            makers: "owner manager host porter",
            tried: "booked rented", attempts: "book rent",
            praise: "clean comfortable cosy quiet spacious",
            blame: "dirty cramped noisy damp smelly",
            plain: "modern narrow"),
        SampleDomain(
            items: "tool drill kettle lamp printer radio",
            parts: "handle battery motor screen cable switch blade",
            plurals: "buttons screws wheels settings",
            makers: "seller engineer dealer",
            tried: "bought used tested", attempts: "buy use",
            praise: "reliable sturdy handy precise durable",
            blame: "flimsy faulty clumsy fragile rusty",
            plain: "electric portable"),
        SampleDomain(
            items: "concert show festival opera recital",
            parts: "sound singing music stage rhythm voice melody choir",
            plurals: "songs musicians drums dancers",
            makers: "singer conductor drummer pianist",
            tried: "attended heard", attempts: "attend hear",
            praise: "lively energetic catchy stirring graceful",
            blame: "shrill lifeless sloppy harsh deafening",
            plain: "outdoor free"),
        SampleDomain(
            items: "book novel memoir biography",
            parts: "prose hero theme narrator chapter style preface",
            plurals: "chapters pages pictures poems",
            makers: "author editor poet publisher",
            tried: "read finished borrowed", attempts: "read borrow",
            praise: "insightful vivid thoughtful wise readable",
            blame: "tedious confusing muddled wordy pompous",
            plain: "printed illustrated"),
        SampleDomain(
            items: "tour trip cruise flight walk",
            parts: "route schedule boat scenery weather map landscape",
            plurals: "stops views beaches trails",
            makers: "guide driver captain pilot",
            tried: "took joined", attempts: "take join",
            praise: "scenic relaxing smooth exciting",
            blame: "bumpy exhausting crowded rushed",
            plain: "coastal daily"),
        SampleDomain(
            items: "shop store market salon garage",
            parts: "service counter parking website delivery advice queue",
            plurals: "prices shelves goods clothes",
            makers: "clerk cashier mechanic barber",
            tried: "visited called", attempts: "visit call",
            praise: "friendly helpful polite efficient honest",
            blame: "rude careless unhelpful overpriced dishonest",
            plain: "nearby busy"),
    ]
}
