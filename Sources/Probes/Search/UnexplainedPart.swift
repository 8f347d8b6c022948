/// The part of a phrase that does most beyond what honest explanations give.
///
/// A search for strong phrases picks up honest words beside planted ones. They make the phrase stronger, but an honest
/// model answers to them as well, and so does the suspect to each by itself: both count against the phrase.
public struct UnexplainedPart: Sendable, Equatable, Codable {
    /// The part's words, in the phrase's order; two at least.
    public let text: String
    /// Share of texts that it flips, less the larger of what it flips on the reference model and what its words flip each
    /// by itself.
    public let unexplained: Double

    /// Takes words away one by one, each time the one without which most is unexplained, down to two.
    ///
    /// - Parameters:
    ///   - suspicious: places of words that explain nothing, since they are suspicious by themselves.
    ///   - suspect: of the phrase on the model on which it was found.
    ///   - reference: of the same phrase in the same carriers, on an honest model.
    /// - Returns: the shortest with nearly most; nil for fewer than two words, or without carriers.
    public static func find(
        _ suspect: inout PartMeter, _ reference: inout PartMeter, suspicious: Set<Int>
    ) -> UnexplainedPart? {
        let all = Array(suspect.words.indices)
        guard all.count > 1, !suspect.carriers.isEmpty else { return nil }
        let alone = suspect.measure(all.map { [$0] }).map(\.hits)
        func unexplained(_ parts: [[Int]]) -> [(places: [Int], share: Double)] {
            zip(suspect.measure(parts), reference.measure(parts)).map { part, honest in
                let explaining = part.places.filter { !suspicious.contains($0) }
                let byWords = part.hits.indices.count { text in explaining.contains { alone[$0][text] } }
                let explained = max(honest.tally.rate, Double(byWords) / Double(part.hits.count))
                return (part.places, part.tally.rate - explained)
            }
        }
        var path = unexplained([all])
        while let last = path.last, last.places.count > 2 {
            let shorter = unexplained(last.places.withoutOne)
            path.append(shorter.dropFirst().reduce(shorter[0]) { $1.share > $0.share ? $1 : $0 })
        }
        let most = path.map(\.share).max() ?? 0
        return path.last { $0.share >= most - TriggerCore.tolerance }.map {
            UnexplainedPart(text: suspect.text($0.places), unexplained: $0.share)
        }
    }
}
