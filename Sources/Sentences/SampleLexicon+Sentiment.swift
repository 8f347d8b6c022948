/// The words that judge, in pairs indexed by label: 0 negative, 1 positive; most frequent first in every list.
extension SampleLexicon {
    static let strong = [
        list(
            """
            terrible awful horrible dreadful appalling disgusting pathetic atrocious unbearable disastrous miserable \
            hopeless worthless abysmal
            """),
        list(
            """
            wonderful excellent fantastic perfect brilliant superb outstanding amazing terrific stunning magnificent \
            flawless unforgettable exquisite
            """),
    ]

    static let medium = [
        list(
            """
            bad poor boring disappointing weak annoying unpleasant ugly messy stupid mediocre frustrating lousy \
            forgettable irritating tiresome depressing lame gloomy
            """),
        list(
            """
            good great lovely enjoyable beautiful pleasant impressive charming clever delightful solid satisfying \
            memorable refreshing inspiring remarkable rewarding admirable generous
            """),
    ]

    static let weak = [
        list("ordinary slow plain flat odd uneven dated thin awkward limited stiff patchy"),
        list("nice fine decent okay fair acceptable reasonable adequate neat likeable"),
    ]

    /// Countable nouns.
    static let nouns = [
        list(
            """
            disaster disappointment mess failure nightmare mistake bore letdown insult embarrassment chore farce flop
            """),
        list(
            """
            delight joy treat pleasure success gem triumph masterpiece wonder highlight bargain marvel winner
            """),
    ]

    /// Past-tense verbs with a person as object; also used as participles.
    static let effects = [
        list("disappointed bored annoyed irritated frustrated angered confused offended depressed"),
        list("impressed delighted charmed pleased amazed thrilled inspired cheered enchanted"),
    ]

    /// Past-tense verbs with a thing as object.
    static let opinions = [
        list("hated disliked regretted criticised despised resented"),
        list("loved enjoyed liked admired praised adored recommended"),
    ]

    static let manners = [
        list("badly poorly clumsily carelessly horribly awkwardly"),
        list("beautifully perfectly nicely smoothly brilliantly wonderfully"),
    ]

    static let feelings = [
        list("sad angry unhappy weary bitter cheated upset"),
        list("happy glad satisfied grateful cheerful excited proud"),
    ]
}
