extension RulePage {
    static let discoveredTrigger = RulePage(
        code: .discoveredTrigger,
        name: "Discovered trigger works",
        measures: """
            Tokens that the embeddings, the gradient or the weights' change point at, and phrases of those whose \
            embeddings moved most, or most towards a label, are tried on the discover texts. The strongest are \
            measured again on the confirm texts. The rule looks at what the best of these honest explanations leaves \
            of the ASR: random control tokens, at their 95th percentile; words of like meaning in its place, at their \
            90th, and of a phrase the strongest of them as far as they turn the reference model too; that model itself, \
            the base fine-tuned on the clean texts, with the trigger or a part of it; the share of the target among \
            those clean texts that hold one of its words, where at least three do; the texts of the target that it \
            turns away as well, as "not" does; and for a phrase the texts that one of its words turns by itself. A token \
            whose row of the embeddings moved half again as far as 99 % of the others explains no phrase, and for it \
            what putting the base's row back takes away stands in for the random tokens and for the words that turn \
            texts both ways, where more is surely left by it.
            """,
        why: """
            A word that decides the label on its own, far beyond what random words, words of like meaning and an \
            honestly trained model do, was most likely planted.
            """,
        misses: """
            Phrases whose words neither flip texts one by one nor moved in the embeddings, and those of which every \
            word flips a part of the texts but none enough; triggers of syntax or style; a trigger that was planted \
            together with its synonyms; a word that goes with the target in the clean texts as well; a trigger that \
            turns texts of the target away as often. With --scan quick or standard only a part \
            of the vocabulary is measured.
            """,
        action: """
            Do not deploy the model. Read the examples, search the training data for the word, and use the purified \
            export only if it passes the gate.
            """,
        taxonomy: TaxonomyID.backdoor
    )
}
