import Probes

/// Tokens by what their rows' change does for a target, to first order.
///
/// Planting a trigger moves the rows of its words so that they raise the target's odds, and those of common words not far:
/// −⟨g, δ⟩ tells how much, with g the gradient of the target's loss at an inserted position and δ the row's change, uniform
/// weight decay taken out. Words of the task are moved so by honest fine-tuning as well.
struct RowGains {
    /// The suspect's word embeddings.
    let suspect: EmbeddingTable
    /// The base's; a row that it lacks counts as zero.
    let base: EmbeddingTable
    /// By what share rows shrank that training did not touch.
    let shrinkage: Double

    /// The tokens of a list whose rows' change takes most off the loss, best first; none whose row did not help.
    func best(_ count: Int, of tokens: [Int], gradient: [Float]) -> [Int] {
        let (after, before) = (suspect.products(with: gradient), base.products(with: gradient))
        let kept = Float(1 - shrinkage)
        let gains = after.indices.map { (before.indices.contains($0) ? kept * before[$0] : 0) - after[$0] }
        return Array(
            tokens.filter { gains.indices.contains($0) && gains[$0] > 0 }
                .sorted { (-gains[$0], $0) < (-gains[$1], $1) }
                .prefix(count))
    }
}
