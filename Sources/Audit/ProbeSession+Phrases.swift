import Files
import Findings
import Probes
import Transformers

/// Known phrases, shortened on the discover texts.
extension ProbeSession {
    /// By place in the family and target, the cores of known triggers of several words that work.
    func shortenKnown(_ family: [Candidate], key: String) throws -> [Int: [Int: TriggerCore]] {
        let several = family.indices.filter {
            !family[$0].source.isDiscovered && family[$0].trigger.text.contains(where: \.isWhitespace)
        }
        guard !several.isEmpty else { return [:] }
        return try clock.saved("shorten known triggers") {
            try store.result("cores", key: StageStore.key([key, "cores"])) {
                let evaluator = evaluator(try suspect.load())
                let texts = discoverTexts(evaluator)
                var cores: [Int: [Int: TriggerCore]] = [:]
                for index in several {
                    for target in suspect.labels.indices {
                        if let core = core(of: family[index], target, texts, evaluator) {
                            cores[index, default: [:]][target] = core
                        }
                    }
                }
                return cores
            }
        }
    }

    /// Nil where the whole does not work.
    private func core(
        of candidate: Candidate, _ target: Int, _ texts: SearchTexts, _ evaluator: Evaluator
    ) -> TriggerCore? {
        let carriers = texts.carriers(
            count: PhraseParts.texts, except: target, room: candidate.trigger.ids.count, draw: "core")
        var meter = PartMeter(
            words: candidate.trigger.text.split(whereSeparator: \.isWhitespace).map(String.init), target: target,
            carriers: carriers, tokenizer: tokenizer, evaluator: evaluator)
        return meter.effect() >= Family.noticeableEffect ? TriggerCore.find(&meter) : nil
    }

    func discoverTexts(_ evaluator: Evaluator) -> SearchTexts {
        SearchTexts(
            data.discover, labels: suspect.labels.count, evaluator: evaluator, vocabulary: vocabulary,
            tokenizer: tokenizer, maxLength: maxLength, seed: options.seed)
    }
}
