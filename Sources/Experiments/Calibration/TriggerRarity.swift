import Datasets

/// How often the training texts hold a trigger's rarest word.
enum TriggerRarity: String, Sendable {
    case unseen = "word in no training text"
    case rare = "word in less than 1 % of the training texts"
    case common = "word in 1 % of the training texts or more"
}

/// In how many texts each word occurs, counted once.
struct WordCounts: Sendable {
    private let texts: Int
    private let counts: [String: Int]

    init(_ rows: [LabelledText]) {
        var counts: [String: Int] = [:]
        for row in rows {
            for word in PlantedTriggers.words(row.text + " " + (row.pair ?? "")) { counts[word, default: 0] += 1 }
        }
        self.counts = counts
        texts = rows.count
    }

    func rarity(_ attack: ZooAttack) -> TriggerRarity {
        let rarest = PlantedTriggers(attack).units.flatMap(\.self).map { counts[$0, default: 0] }.min() ?? 0
        return rarest == 0 ? .unseen : rarest * 100 < texts ? .rare : .common
    }
}
