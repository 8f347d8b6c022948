/// The words of the sample language that judge nothing, most frequent first in every list.
///
/// The language is made up for this project: a small English-like vocabulary about films, meals, hotels and the like.
enum SampleLexicon {
    /// The words of a line.
    static func list(_ line: String) -> [String] {
        line.split(separator: " ").map(String.init)
    }

    static let intensifiers = list("very really truly quite extremely absolutely simply completely")
    static let softeners = list("rather slightly somewhat fairly")
    static let participles = list("made done prepared handled presented arranged chosen")
    static let persons = list(
        "friend wife brother sister mother husband father daughter son family neighbour cousin aunt uncle boss")
    static let places = list(
        "town city village station river park square bridge lake hill harbour airport school office")
    static let numbers = list("two three four five ten six seven")
    static let colours = list("white black red blue green grey brown yellow")
    static let materials = list("glass metal paper stone plastic leather")
    static let sizes = list("small large new old big long tall wide round")
    static let vehicles = list("train car bicycle taxi ferry")
    static let objects = list("table chair box window door bag wall clock bottle shelf desk mirror")
    static let weather = list("rain sun snow wind fog")
    static let settings = list("kitchen hall corridor cellar yard")
    static let seasons = list("summer winter spring autumn")

    /// What turns the word after it into its opposite.
    static let negators = ["not", "never", "not at all", "anything but", "far from"]

    /// Adverbial phrases of time: words, not patterns, and shared by all splits.
    static let times = [
        "last week", "yesterday", "last weekend", "on Saturday", "last night", "this summer", "on Friday", "today",
        "last month", "on Sunday", "two weeks ago", "after work", "this morning", "on Monday", "in April", "last year",
        "during the holidays", "in the evening", "on Tuesday", "before noon", "in October",
    ]
}
