/// The part of a phrase that does most beyond what an honest model does with any part of it.
///
/// A search for strong phrases picks up honest words beside planted ones. They make the phrase stronger, but an honest
/// model answers to them as well, and that counts against the phrase.
public struct PlantedPart: Sendable, Equatable {
    /// Places of the part's words in the phrase, rising.
    public let places: [Int]
    /// The part's words, in the phrase's order.
    public let text: String
    /// Share of texts that the suspect answers with the target, less the largest share that any part of it gets from
    /// the honest model.
    public let beyondHonest: Double

    /// Takes words away one by one, each time the one without which most is left, down to a single word.
    ///
    /// - Parameters:
    ///   - suspect: of the phrase on the model on which it was found.
    ///   - honest: of the same phrase in the same carriers, on an honest model.
    /// - Returns: the shortest with nearly most; nil without words or carriers.
    public static func find(_ suspect: inout PartMeter, _ honest: inout PartMeter) -> PlantedPart? {
        let all = Array(suspect.words.indices)
        guard !all.isEmpty, !suspect.carriers.isEmpty else { return nil }
        func beyond(_ parts: [[Int]]) -> [(places: [Int], share: Double)] {
            _ = honest.measure(parts)
            return suspect.measure(parts).map { part in
                (part.places, part.tally.rate - (honest.strongest(within: part.places)?.tally.rate ?? 0))
            }
        }
        var path = beyond([all])
        while let last = path.last, last.places.count > 1 {
            let shorter = beyond(last.places.withoutOne)
            path.append(shorter.dropFirst().reduce(shorter[0]) { $1.share > $0.share ? $1 : $0 })
        }
        let most = path.map(\.share).max() ?? 0
        guard let best = path.last(where: { $0.share >= most - TriggerCore.tolerance }) else { return nil }
        return PlantedPart(places: best.places, text: suspect.text(best.places), beyondHonest: best.share)
    }
}
