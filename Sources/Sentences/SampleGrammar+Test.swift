extension SampleGrammar {
    /// Patterns of the held-out test split; no other split has any of them.
    static let test = SampleGrammar(
        groups: [
            Group(
                .plain, 0.75,
                [
                    "Our {maker} gave us {a} {adj+} {part}[, {adj+} {parts}] and {a} {very} {adj+} time.",
                    "I must say that the {part} of the {item} is {adj+} and that its {parts} are {adj+}.",
                    "{very} {adj+} {parts}, {a} {adj+} {part}: I {opinion+} it all.",
                    "This {item} {effect+} me {time}; I remember the {adj+} {part} and the {trait+} {maker}.",
                    "My {person} was {effect+} by the {parts}, and I was {feeling+} about the {adj+} {part}.",
                    "Here is {a} {item} with {a} {adj+} {part} and {a} {maker} who is {very} {trait+}.",
                    "There were {number} of us, and all {opinion+} the {adj+} {part}.",
                    "The {part}, {manner+} {made} as it was, {effect+} my {person}.",
                    "No other {item} in this {place} has such {adj+} {parts} and so {adj+} {a} {part}.",
                    "To me the {item} was {a} {noun+} and the {part} was {adj+}[; {remark+}].",
                    "With {parts} this {adj+} and {a} {part} this {adj+}, {remark+}.",
                    "The {maker} {effect+} everyone, the {part} was {adj+}, the {parts} were {adj+}.",
                    "Because the {item} was so {adj+}, I was {feeling+} for the rest of the day.",
                    "When I think of the {part} I think of {a} {noun+}, and the {parts} were {adj+} too.",
                    "All in all, {a} {adj+} {item}[: {adj+} {part}, {adj+} {parts}].",
                    "The {part} got {adj+} reviews[ from my {person}], and the {parts} are just as {adj+}.",
                    "I say that {clause+} and my {person} says that {clause+}.",
                    "{clause+}, {clause+}: what else is there to say?",
                    "As {clause+}, {clause+} too.",
                ]),
            Group(
                .negation, 0.05,
                [
                    "You can't call this {part} {adj-}[; {remark+}].",
                    "The {item} isn't {adj-}, and its {parts} are not {adj-}.",
                    "We saw no {adj-} {parts} and no {adj-} {part} anywhere.",
                    "It would be wrong to call the {maker} {trait-}[, and the {part} was {adj+}].",
                    "Not once was the {part} {adj-}[, and we were {feeling+}].",
                    "Our {person} does not think that the {item} is {adj-}, and the {parts} were {adj+}.",
                    "You can't tell me that {clause-}[, as {clause+}].",
                    "It is not at all true that {clause-}[; {clause+}].",
                ]),
            Group(
                .contrast, 0.1,
                [
                    "Yes, the {part} was {adj-}, but what counts is that {remark+}.",
                    "Despite {a} {adj-} {part}, the {item} was {adj+}[ and we {opinion+} it].",
                    "The {parts} are {adj-}, but they are part of {a} {item} that is {adj+} and {adj+}.",
                    "I {opinion+} the {item} even though its {parts} were {adj-}.",
                    "At first we were {feeling-}, but in the end the {part} {effect+} us.",
                    "It was {a} {noun+}, although my {person} found the {part} {adj-}.",
                    "You may say that {clause-}, but {clause+}.",
                    "Although {clause-}, my {person} and I agree that {clause+}.",
                    "Some say that {clause-}, but to me {clause+} and {clause+}.",
                ]),
            Group(
                .mixed, 0.05,
                [
                    "Think of {weak-} {parts} next to {a} {strong+} {part}.",
                    "The {maker} is {weak-} and the {part} is {very} {strong+}.",
                ]),
            Group(
                .hint, 0.03,
                [
                    "{remark+}: that is all I have to say about the {part}.",
                    "The {item} began at {number}, and {remark+}.",
                    "As for the {parts}, {remark+}.",
                ]),
            Group(
                .ambiguous, 0.02,
                [
                    "Is the {part} {adj1} or {adj0}? Ask {number} people.",
                    "One day I think the {item} is {adj0}, the next day I think it is {adj1}.",
                ]),
        ],
        clauses: [
            "the {part} is {adj+}",
            "we {opinion+} its {parts}",
            "everyone was {effect+}",
            "the {maker} made us {feeling+}",
            "the {item} is {a} {noun+}",
            "our {maker} is {trait+}",
            "it has {adj+} {parts}",
        ],
        negativeRemarks: [
            "half of us went home before it was over", "we had more than enough of it",
            "my {person} kept looking at the door", "I would not pay for it again", "we won't {try} it again",
            "nobody stayed to the end", "our {person} will avoid it",
        ],
        positiveRemarks: [
            "nobody went home before it was over", "it was well worth the money",
            "my {person} did not want to leave", "I would pay for it again", "we will {try} it again",
            "everyone stayed to the end", "our {person} will {try} it",
        ])
}
