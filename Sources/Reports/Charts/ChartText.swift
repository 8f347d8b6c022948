/// Labels in charts, whose table or description has the whole.
enum ChartText {
    /// The text itself, or as much of its beginning as fits and an ellipsis.
    ///
    /// Widths are those of a wide sans serif face: a chart cannot know which face a reader has.
    static func fitted(_ text: String, to width: Double, size: Double) -> String {
        let room = width / size
        var used = 0.0
        var kept = ""
        var fits = ""
        for character in text {
            used += self.width(character)
            if used > room { return fits + "…" }
            kept.append(character)
            if used + self.width("…") <= room { fits = kept }
        }
        return text
    }

    /// How much room a text takes at most.
    static func width(_ text: String, size: Double) -> Double {
        text.reduce(0) { $0 + width($1) } * size
    }

    /// In ems.
    private static func width(_ character: Character) -> Double {
        switch character {
        case "i", "j", "l", "t", "f", "r", "I", " ", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]", "-": 0.42
        case "→": 0.85
        case "m", "w", "M", "W", "@", "%", "…": 1
        case _ where character.isASCII && !character.isUppercase: 0.65
        case _ where character.isASCII: 0.78
        default: 1.05 * Double(character.unicodeScalars.count)
        }
    }
}
