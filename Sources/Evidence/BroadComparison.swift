public import Findings
import Probes

extension TrialTable {
    /// Random tokens that a model answers to and no honest model does, towards one target.
    ///
    /// A planted trigger that has spread turns many rare tokens into triggers. They are drawn at random, so that no search
    /// has favoured any of them.
    ///
    /// - Parameters:
    ///   - limit: that the lower bound of a token's excess must be above to count.
    ///   - role: of the model in the result.
    /// - Returns: nil where no token was measured, or no honest model knows the task.
    public func broadEffect(
        on model: Model, as role: ModelRole, towards target: Int, beyond limit: Double
    ) -> BroadEffect? {
        let measured = controls.indices.filter { has(model, .control($0)) }
        guard !measured.isEmpty, !judges.isEmpty else { return nil }
        let levels = BoundLevels(comparisons: measured.count * targets)
        let beyond = measured.filter { place in
            let compared = HonestComparison(self, model, .control(place), towards: target, levels: levels)
            return (compared?.excess?.interval.lower ?? -1) > limit
        }
        return BroadEffect(
            target: target, model: role, tokens: measured.count, beyond: beyond.count,
            share: rate(measured.map { beyond.contains($0) ? 1 : 0 }),
            examples: beyond.prefix(8).map { controls[$0].text })
    }

    /// What random tokens at random places do to a model: the share of texts that each of them gives the target; nil where none was
    /// measured.
    public func controlSummary(on model: Model, as role: ModelRole, towards target: Int) -> ControlSummary? {
        let measured = controls.indices.filter { controls[$0].placement == .anywhere && has(model, .control($0)) }
        let rates = measured.map { place in
            mean(hits(model, .control(place), target, carriers(.control(place), towards: target, on: [model])))
        }.sorted()
        guard let most = rates.last else { return nil }
        return ControlSummary(
            model: role, target: target, count: rates.count, mean: mean(rates),
            percentile95: rates[min(rates.count - 1, Int((0.95 * Double(rates.count)).rounded(.down)))], maximum: most)
    }
}
