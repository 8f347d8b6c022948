/// Fine-pruning by neuron: feed-forward units that are quiet on clean texts are cut out.
///
/// Liu, Dolan-Gavitt and Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks", RAID
/// 2018: units that only a trigger wakes are quiet without it. A unit of GELU is quiet when its activation is close to
/// zero on either side, so magnitudes are averaged. A unit that was cut out gets no gradient and stays out.
public enum NeuronPruning {
    /// The units to prune, in rising order: of n all but the ⌊ρ·n⌋ most active ones, the first of equals.
    ///
    /// - Parameters:
    ///   - activity: mean |activation| of each unit on clean texts.
    ///   - rho: the share of units kept; 1 prunes none, 0 all.
    public static func quietest(_ activity: [Double], rho: Double) throws(RemedyError) -> [Int] {
        guard rho >= 0, rho <= 1 else { throw .ratio(rho) }
        let pruned = activity.count - MixMask.keptCount(of: activity.count, rho: rho)
        return activity.indices.sorted { (activity[$0], $0) < (activity[$1], $1) }.prefix(pruned).sorted()
    }

    /// Cuts the quietest units of one layer out, in place: their row of the first weight, their bias and their column
    /// of the second weight become zero.
    ///
    /// - Parameters:
    ///   - intermediate: the first weight, units × hidden.
    ///   - bias: of the first product, one a unit.
    ///   - output: the second weight, hidden × units.
    ///   - activity: mean |activation| of each unit on clean texts.
    ///   - rho: the share of units kept.
    ///   - name: the first weight's name, for errors.
    /// - Returns: the number of units pruned.
    @discardableResult
    public static func prune(
        intermediate: UnsafeMutableBufferPointer<Float>, bias: UnsafeMutableBufferPointer<Float>,
        output: UnsafeMutableBufferPointer<Float>, activity: [Double], rho: Double, name: String
    ) throws(RemedyError) -> Int {
        let units = activity.count
        for count in [intermediate.count, output.count] where units < 1 || count % units != 0 {
            throw .width(name: name, width: units, count: count)
        }
        guard bias.count == units, intermediate.count == output.count else {
            throw .width(name: name, width: units, count: bias.count == units ? output.count : bias.count)
        }
        let hidden = intermediate.count / units
        let quiet = try quietest(activity, rho: rho)
        for unit in quiet {
            bias[unit] = 0
            for k in 0..<hidden {
                intermediate[unit * hidden + k] = 0
                output[k * units + unit] = 0
            }
        }
        return quiet.count
    }
}
