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
    let honest: Evaluator

    /// The strongest phrase of each ranking, towards each target, and the part of it that does most beyond the honest
    /// model.
    func parts(of phrases: PhraseSearchResult) -> (found: [TriggerSearch.Found], passes: Int) {
        let strongest = phrases.targets.flatMap { target in
            Self.strongest(target).map { (target: target.label, phrase: $0) }
        }
        var found: [TriggerSearch.Found] = []
        var passes = 0
        for (target, phrase) in strongest {
            let words = phrase.ids.compactMap { texts.vocabulary.text(Int($0)) }
            let carriers = texts.carriers(count: Self.texts, except: target, room: phrase.ids.count, draw: "core")
            func meter(_ evaluator: Evaluator) -> PartMeter {
                PartMeter(words: words, target: target, carriers: carriers, tokenizer: tokenizer, evaluator: evaluator)
            }
            var (onSuspect, onHonest) = (meter(suspect), meter(honest))
            guard let part = PlantedPart.find(&onSuspect, &onHonest) else { continue }
            let trigger = Trigger(text: part.text, ids: part.places.map { phrase.ids[$0] })
            found.append(TriggerSearch.Found(trigger: trigger, target: target, source: .phrase))
            if part.places.count < phrase.ids.count {
                found.append(
                    TriggerSearch.Found(
                        trigger: Trigger(text: phrase.text, ids: phrase.ids), target: target, source: .phrase))
            }
            passes += onSuspect.passes + onHonest.passes
        }
        return (found, passes)
    }

    /// The strongest phrase of each ranking.
    private static func strongest(_ target: PhraseSearchResult.Target) -> [PhraseSearchResult.Phrase] {
        Set(target.phrases.map(\.ranking)).sorted().compactMap { ranking in
            target.phrases.first { $0.ranking == ranking }
        }
    }
}
