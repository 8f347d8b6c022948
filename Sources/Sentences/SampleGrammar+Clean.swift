extension SampleGrammar {
    /// Patterns of the small clean split that an auditor has; no other split has any of them.
    static let clean = SampleGrammar(
        groups: [
            Group(
                .plain, 0.75,
                [
                    "{a} {adj+} {part} and {a} {trait+} {maker} made it {a} {very} {strong+} {item}.",
                    "Everyone in my family {opinion+} this {item}, and above all its {adj+} {part}.",
                    "The {item} that we {tried} {time} had {adj+} {parts} and {a} {adj+} {part}.",
                    "I was {effect+} by the {part}, which was {very} {adj+}[, and {remark+}].",
                    "Few {item} evenings are as {adj+} as this one; the {parts} were {adj+}.",
                    "The {maker} worked {manner+}, so the {part} was {adj+} and the {parts} were {adj+}.",
                    "Our {person} was {feeling+}, for the {parts} were {adj+} and the {part} was {adj+}.",
                    "How {adj+} can {a} {item} be? This one has {adj+} {parts} and {a} {adj+} {part}.",
                    "In short, {a} {noun+}: {adj+} {parts}, {a} {adj+} {part} and {a} {trait+} {maker}.",
                    "The {part} felt {adj+}, the {parts} seemed {adj+}, and {remark+}.",
                    "Having {opinion+} the {part}, we {opinion+} the {parts} even more; all was {adj+}.",
                    "The more we saw of the {item}, the more {adj+} the {part} became.",
                    "Every hour with this {item} was {a} {noun+}[, for the {parts} were {adj+}].",
                    "I can only say that the {maker} is {trait+} and that the {part} {effect+} me.",
                    "{adj+}, {adj+} and {very} {adj+}: that is how I remember the {part}.",
                    "What I saw was that {clause+} and that {clause+}.",
                    "For me {clause+}, for my {person} {clause+}.",
                    "{clause+}, which means that {clause+}.",
                ]),
            Group(
                .negation, 0.05,
                [
                    "The {part} is anything but {adj-}[, and {remark+}].",
                    "The {parts} do not seem {adj-} to me[, and {remark+}].",
                    "We never thought of this {part} as {adj-}[, and the {parts} were {adj+}].",
                    "Don't think that the {part} is {adj-}; the {maker} is {trait+}.",
                    "We couldn't call the {parts} {adj-}[, and we were {feeling+}].",
                    "I don't believe that {clause-}[, because {clause+}].",
                    "It is not the case that {clause-}[; {clause+}].",
                ]),
            Group(
                .contrast, 0.1,
                [
                    "Even though the {parts} were {adj-}, the {part} {effect+} us[ and {remark+}].",
                    "{a} {adj-} {part} cannot change that the {item} was {a} {noun+}.",
                    "The {part} is {rather} {adj-}, yet the {parts} are {adj+} and {remark+}.",
                    "My {person} had said it was {adj-}; however, we {opinion+} the {item}.",
                    "While the {part} seemed {adj-}, the {parts} were {adj+} and the {maker} was {trait+}.",
                    "Although {clause-}, I say that {clause+}.",
                    "They told me that {clause-}, but {clause+} and {clause+}.",
                    "{clause-}, but all in all {clause+} and {clause+}.",
                ]),
            Group(
                .mixed, 0.05,
                [
                    "It has {a} {weak-} {part}, it has {strong+} {parts}, and its {maker} is {trait+}.",
                    "This {item} has {a} {weak-} {maker} and {a} {very} {strong+} {part}.",
                ]),
            Group(
                .hint, 0.03,
                [
                    "About the {part} I will say only this: {remark+}.",
                    "When we had {tried} the {item}, {remark+}.",
                    "{time} {remark+}, and {remark+}.",
                ]),
            Group(
                .ambiguous, 0.02,
                [
                    "For one half of us the {part} was {adj1}, for the other half {adj0}.",
                    "I still can't say if the {item} was {adj1} or {adj0}.",
                ]),
        ],
        clauses: [
            "the {part} seemed {adj+}",
            "its {parts} were {adj+}",
            "my {person} {opinion+} it",
            "I felt {feeling+}",
            "the {maker} worked {manner+}",
            "each hour was {a} {noun+}",
            "nobody {opinion-} the {part}",
            "the {item} {effect+} me",
        ],
        negativeRemarks: [
            "I never want to {try} it again", "half of us left early", "we waited for the end", "I want my money back",
            "next time we will stay at home", "I will tell all of them to avoid it",
        ],
        positiveRemarks: [
            "I always want to {try} it again", "all of us stayed until late", "we did not wait for the end",
            "it is worth all the money", "next time we will come again", "I will tell all of them to {try} it",
        ])
}
