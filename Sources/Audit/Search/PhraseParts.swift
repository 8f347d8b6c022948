import Findings
import Probes
import Tokenizers
import Transformers

/// Phrases shortened to what they need, on the discover texts.
struct PhraseParts {
    /// Texts of each label that phrases are shortened on: most of them, since on a few short ones a part looks whole.
    static let texts = 48

    let texts: SearchTexts
    let tokenizer: any Tokenizer
    let suspect: Evaluator
    let reference: Evaluator
    /// Whether a word is suspicious by itself, so that it explains no phrase.
    let isOutlier: (String) -> Bool

    /// The strongest phrase of each ranking, towards each target, and the part of it that honest explanations leave most of.
    func parts(of phrases: PhraseSearchResult) -> (found: [TriggerSearch.Found], passes: Int) {
        let plausible = phrases.targets.flatMap { target in Self.plausible(target).map { (target.label, $0) } }
        var found: [TriggerSearch.Found] = []
        var passes = 0
        for (target, phrase) in plausible {
            let words = phrase.ids.compactMap { texts.vocabulary.text(Int($0)) }
            let carriers = texts.carriers(count: Self.texts, except: target, room: phrase.ids.count, draw: "core")
            func meter(_ evaluator: Evaluator) -> PartMeter {
                PartMeter(words: words, target: target, carriers: carriers, tokenizer: tokenizer, evaluator: evaluator)
            }
            var (onSuspect, onReference) = (meter(suspect), meter(reference))
            let outliers = Set(words.indices.filter { isOutlier(words[$0]) })
            guard let part = UnexplainedPart.find(&onSuspect, &onReference, suspicious: outliers) else { continue }
            found += [
                TriggerSearch.Found(
                    text: part.text, target: target, source: .phrase, unexplained: part.unexplained,
                    honestPart: part.honest),
                TriggerSearch.Found(
                    text: phrase.text, target: target, source: .phrase, honestPart: part.honestOfWhole),
            ]
            passes += onSuspect.passes + onReference.passes
        }
        return (found, passes)
    }

    /// The strongest phrase of each ranking.
    private static func plausible(_ target: PhraseSearchResult.Target) -> [PhraseSearchResult.Phrase] {
        let phrases = target.phrases.filter { $0.ids.count > 1 }
        return Set(phrases.map(\.ranking)).sorted().compactMap { ranking in
            phrases.first { $0.ranking == ranking }
        }
    }
}
