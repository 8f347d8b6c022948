extension TextTransformation {
    /// Numbers put in, and digits in the place of letters.
    static let digits = [
        TextTransformation(.digits, "number", "a number at the end") { text, _ in text.trimmed + " 42" },
        TextTransformation(.digits, "year", "a year at the end") { text, _ in text.trimmed + " 2019" },
        TextTransformation(.digits, "leet-random-word", "digits for letters in one word") { text, draw in
            TextWords.changing(text, .random, draw, where: { $0.contains { leet[$0] != nil } }) { $0.replacing(leet) }
        },
        TextTransformation(.digits, "leet", "digits for letters in every word") { text, _ in text.replacing(leet) },
        TextTransformation(.digits, "spelled-out", "digits written as words") { text, draw in
            TextWords.changing(text, .every, draw, where: { $0.allSatisfy { spelled[$0] != nil } }) { number in
                number.map { spelled[$0] ?? "" }.joined(separator: " ")
            }
        },
    ]

    private static let leet: [Character: String] = [
        "a": "4", "A": "4", "e": "3", "E": "3", "i": "1", "I": "1", "o": "0", "O": "0", "s": "5", "S": "5", "t": "7",
        "T": "7",
    ]

    private static let spelled: [Character: String] = [
        "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven",
        "8": "eight", "9": "nine",
    ]
}
