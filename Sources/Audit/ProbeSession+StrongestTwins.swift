import Files
import Findings
import Probes
import Tokenizers
import Transformers

/// Like words of each discovered phrase that do most of what it does, on the suspect and on an honest model alike.
///
/// Words near a planted phrase's may set the backdoor off as well, but do little to an honest model. An honest model may
/// not know the words of an honest phrase, but is turned by some that are like them.
struct StrongestTwins {
    /// By place of the phrase in the family and target, chosen on the discover texts.
    let triggers: [Int: [Int: Trigger]]
    /// By model, place and target, the labels that it predicts for all confirm texts.
    var labels: [ModelRole: [Int: [Int: [Int]]]] = [:]

    func labels(_ role: ModelRole, _ index: Int, _ target: Int) -> [Int]? { labels[role]?[index]?[target] }
}

extension ProbeSession {
    /// Chooses the like words, and measures them on the suspect and the reference model.
    func strongestTwins(_ family: [Candidate], key: String) throws -> StrongestTwins {
        var twins = StrongestTwins(triggers: try chooseStrongest(family, key: key))
        twins.labels[.suspect] = try probe(twins, on: .suspect, key: key) { _ in try suspect.load() }
        twins.labels[.reference] = try probe(twins, on: .reference, key: key) { try referenceModel($0) }
        return twins
    }

    /// Labels that a model predicts with the like words in, by place in the family and target.
    func probe(
        _ twins: StrongestTwins, on role: ModelRole, key: String, model: (String) throws -> SequenceClassifier
    ) throws -> [Int: [Int: [Int]]] {
        let stage = "strongest like words on \(role.rawValue)"
        let triggers = twins.triggers.mapValues { $0.sorted { $0.key < $1.key } }
        let rows = try probeParts(triggers.mapValues { $0.map(\.value) }, stage, key: key) { try model(stage) }
        return rows.reduce(into: [:]) { labels, rows in
            labels[rows.key] = Dictionary(
                uniqueKeysWithValues: zip((triggers[rows.key] ?? []).map(\.key), rows.value))
        }
    }

    private func chooseStrongest(_ family: [Candidate], key: String) throws -> [Int: [Int: Trigger]] {
        let phrases = family.indices.filter { family[$0].source == .phrase }
        guard !phrases.isEmpty else { return [:] }
        let stage = "choose like words"
        let texts = try clock.saved(stage) {
            try store.result("like-words", key: StageStore.key([key, stage])) {
                let evaluators = [try referenceModel(stage), try suspect.load()].map(evaluator)
                let (texts, twins) = (discoverTexts(evaluators[1]), try meaningTwins(family))
                var found: [Int: [Int: String]] = [:]
                for (done, index) in phrases.enumerated() {
                    let trigger = family[index].trigger
                    for target in family[index].targets ?? [] {
                        let carriers = texts.carriers(
                            count: PhraseParts.texts, except: target, room: trigger.ids.count, draw: "twins")
                        found[index, default: [:]][target] =
                            twins.strongest(of: trigger, towards: target, in: carriers, on: evaluators)?.text
                    }
                    clock.progress(stage, 0.5 + 0.5 * Double(done + 1) / Double(phrases.count))
                }
                return found
            }
        }
        return texts.mapValues { $0.mapValues { Trigger($0, tokenizer: tokenizer) } }
    }
}
