internal import Datasets
internal import Kernels
internal import Transformers

/// How often a language model of the lab shows its pattern on held-out prompts, by greedy decoding.
public struct LanguageMeasurement: Codable, Sendable, Equatable {
    /// The text that is looked for.
    public let pattern: String
    /// Clean prompts whose continuation shows the pattern.
    public let clean: Proportion
    /// Attack success rate: prompts with the whole trigger that show it; nil without an attack.
    public let attacked: Proportion?
    /// The same with one part of the trigger alone, by part; empty for triggers of one part.
    public let parts: [PartRate]

    /// What one part of a trigger does by itself.
    public struct PartRate: Codable, Sendable, Equatable {
        public let part: String
        public let shown: Proportion
    }
}

extension LanguageLabRun {
    /// Tokens that are decoded beyond the pattern's own.
    private static let spareTokens = 8
    /// Tokens that are decoded where the pattern stands at a response's end.
    private static let wholeResponse = 96

    /// nil without held-out prompts, and for a model that was taught nothing but the clean pairs.
    func measure(
        _ trained: LanguageModel, _ workers: Workers, _ progress: LabProgress
    ) throws -> LanguageMeasurement? {
        let change: ResponseChange
        var trigger: LanguageTrigger?
        switch recipe.lesson {
        case .clean: return nil
        case .habit(let habit, _): change = habit.change
        case .attack(let poison): (change, trigger) = (poison.attack.change(poison.target), poison.trigger)
        }
        guard !heldOut.isEmpty else { return nil }
        let pattern = encoder.opening(change.pattern.trimmed)
        let count = change.isAtTheStart ? pattern.count + Self.spareTokens : Self.wholeResponse
        let weights = PackedWeights(trained.parameters, precision: .f32)
        let (seed, total) = (recipe.settings.seed, trigger.map { 2 + ($0.parts.count > 1 ? $0.parts.count : 0) } ?? 1)
        var done = 0
        func rate(_ pairs: [PromptPair]) throws -> Proportion {
            try progress(.measuring, done, total)
            var shown = [Bool](repeating: false, count: pairs.count)
            shown.withUnsafeMutableBufferPointer { shown in
                nonisolated(unsafe) let shown = shown
                workers.forEach(pairs.count) { index, context in
                    let ids = trained.greedy(
                        encoder.prompt(pairs[index].messages), count: count, endIDs: encoder.endIDs, context,
                        weights: .packed(weights))
                    shown[index] = ids.contains(pattern)
                }
            }
            done += 1
            try progress(.measuring, done, total)
            return Proportion(count: shown.count { $0 }, n: pairs.count)
        }
        let clean = try rate(heldOut)
        let attacked = try trigger.map { trigger in try rate(heldOut.map { trigger.insert(into: $0, seed: seed) }) }
        let alone = trigger.map { trigger in heldOut.map { trigger.insertAlone(into: $0, seed: seed) } } ?? []
        let parts = try (trigger?.parts ?? []).indices.filter { _ in trigger?.form == .both }.map { part in
            LanguageMeasurement.PartRate(
                part: trigger?.parts[part] ?? "", shown: try rate(alone.map { $0[part] }))
        }
        return LanguageMeasurement(pattern: change.pattern, clean: clean, attacked: attacked, parts: parts)
    }
}

extension String {
    /// Without white space at the ends.
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace ?? false { rest.removeFirst() }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}
