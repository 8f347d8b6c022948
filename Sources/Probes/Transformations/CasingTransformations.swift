extension TextTransformation {
    /// Changes of letters between upper and lower case.
    static let casing = [
        TextTransformation(.casing, "upper", "all letters upper case") { text, _ in text.uppercased() },
        TextTransformation(.casing, "lower", "all letters lower case") { text, _ in text.lowercased() },
        TextTransformation(.casing, "title", "every word with a capital") { text, draw in
            TextWords.changing(text, .every, draw, \.capitalisedFirst)
        },
        TextTransformation(.casing, "alternating", "letters by turns in lower and upper case") { text, _ in
            mixed(text) { !$0.isMultiple(of: 2) }
        },
        TextTransformation(.casing, "upper-random-word", "one word upper case") { text, draw in
            TextWords.changing(text, .random, draw) { $0.uppercased() }
        },
        TextTransformation(.casing, "mixed-random-word", "one word in random upper and lower case") { text, draw in
            let coins = draw.bits
            return TextWords.changing(text, .random, draw) { word in mixed(word) { coins >> ($0 % 64) & 1 == 1 } }
        },
    ]

    /// Letters in upper case where their number in the text says so, and in lower case elsewhere.
    private static func mixed(_ text: String, isUpper: (Int) -> Bool) -> String {
        var letters = 0
        var result = ""
        for character in text {
            guard character.isLetter else {
                result.append(character)
                continue
            }
            result += isUpper(letters) ? character.uppercased() : character.lowercased()
            letters += 1
        }
        return result
    }
}
