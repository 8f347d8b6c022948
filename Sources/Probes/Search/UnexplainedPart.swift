/// The part of a phrase that does most beyond what honest explanations give.
///
/// A search for strong phrases picks up honest words beside planted ones. They make the phrase stronger, but an honest
/// model answers to them as well, or to some of them, and so does the suspect to each by itself: all that counts against the
/// phrase.
public struct UnexplainedPart: Sendable, Equatable {
    /// The part's words, in the phrase's order; two at least.
    public let text: String
    /// Share of texts that it flips, less the largest of what any part of it flips on the reference model and of what its
    /// words flip each by itself.
    public let unexplained: Double
    /// The part of it that flips most on the reference model.
    public let honest: String
    /// The part of the whole phrase that does.
    public let honestOfWhole: String

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
        climb(from: all, &reference)
        func unexplained(_ parts: [[Int]]) -> [(places: [Int], share: Double)] {
            _ = reference.measure(parts)
            return suspect.measure(parts).map { part in
                let explaining = part.places.filter { !suspicious.contains($0) }
                let byWords = part.hits.indices.count { text in explaining.contains { alone[$0][text] } }
                let honest = reference.strongest(within: part.places)?.tally.rate ?? 0
                return (part.places, part.tally.rate - max(honest, Double(byWords) / Double(part.hits.count)))
            }
        }
        var path = unexplained([all])
        while let last = path.last, last.places.count > 2 {
            let shorter = unexplained(last.places.withoutOne)
            path.append(shorter.dropFirst().reduce(shorter[0]) { $1.share > $0.share ? $1 : $0 })
        }
        let most = path.map(\.share).max() ?? 0
        guard let best = path.last(where: { $0.share >= most - TriggerCore.tolerance }) else { return nil }
        func honest(_ places: [Int]) -> String { reference.text(reference.strongest(within: places)?.places ?? places) }
        return UnexplainedPart(
            text: suspect.text(best.places), unexplained: best.share, honest: honest(best.places),
            honestOfWhole: honest(all))
    }

    /// Measures single words, and what is left as words are taken away, each time the one that holds most back.
    private static func climb(from all: [Int], _ reference: inout PartMeter) {
        _ = reference.measure(all.map { [$0] } + [all])
        var part = all
        while part.count > 2 {
            let shorter = reference.measure(part.withoutOne)
            part = shorter.dropFirst().reduce(shorter[0]) { $1.tally.isStronger(than: $0.tally) ? $1 : $0 }.places
        }
    }
}
