/// Fine-purifying: the elements that moved far although clean texts hardly need them go back to the base's.
///
/// Zhang, Chen, Zhou and Sun, "Diffusion Theory as a Scalpel: Detecting and Purifying Poisonous Dimensions in
/// Pre-trained Language Models Caused by Backdoor or Bias", Findings of ACL 2023, in our reading: δᵢ² ÷ Fᵢ ranks all
/// elements together, F being the diagonal of the Fisher information on clean texts.
public struct FinePurifying: Sendable {
    private var largest: LargestElements

    /// Chooses the elements to reset: of n all but ⌊ρ·n⌋, those of highest score, the first of equals.
    ///
    /// - Parameters:
    ///   - scores: of every tensor, in the order in which they will be reset.
    ///   - rho: the share kept from the suspect; 1 resets nothing, 0 everything.
    public init(scores: [UnsafeBufferPointer<Float>], rho: Double) throws(RemedyError) {
        guard rho >= 0, rho <= 1 else { throw .ratio(rho) }
        let count = scores.reduce(0) { $0 + $1.count }
        largest = LargestElements(count - MixMask.keptCount(of: count, rho: rho), of: scores)
    }

    /// Resets the chosen elements of the next tensor, in place.
    ///
    /// - Parameters:
    ///   - weights: the suspect's elements.
    ///   - base: the base's, as many.
    ///   - scores: as given to the initialiser.
    ///   - name: the tensor's name, for errors.
    /// - Returns: the number of elements reset.
    @discardableResult
    public mutating func reset(
        _ weights: UnsafeMutableBufferPointer<Float>, to base: UnsafeBufferPointer<Float>,
        scores: UnsafeBufferPointer<Float>, name: String
    ) throws(RemedyError) -> Int {
        guard weights.count == base.count, scores.count == base.count else {
            throw .counts(name: name, suspect: weights.count, base: base.count, output: scores.count)
        }
        var count = 0
        for i in weights.indices where largest.takes(scores[i]) {
            weights[i] = base[i]
            count += 1
        }
        return count
    }
}

extension FinePurifying {
    /// Share of the mean Fisher information that every element is taken to have at least: an element that clean texts
    /// never reach would otherwise score infinitely high however little it moved.
    public static let floorShare = 1e-6

    /// The least Fisher information that counts: ``floorShare`` of the mean over all tensors.
    public static func floor(of information: [UnsafeBufferPointer<Float>]) -> Float {
        let count = information.reduce(0) { $0 + $1.count }
        let sum = information.reduce(0.0) { sum, tensor in tensor.reduce(sum) { $0 + Double($1) } }
        return max(.leastNormalMagnitude, Float(floorShare * sum / Double(max(count, 1))))
    }

    /// Scores one tensor: δ² ÷ max(F, floor), in place of F.
    ///
    /// - Parameters:
    ///   - information: the Fisher information of each element, which becomes its score.
    ///   - suspect: the suspect's elements, as many.
    ///   - base: the base's elements, as many.
    ///   - floor: as ``floor(of:)`` gives it.
    ///   - name: the tensor's name, for errors.
    public static func score(
        _ information: UnsafeMutableBufferPointer<Float>, suspect: UnsafeBufferPointer<Float>,
        base: UnsafeBufferPointer<Float>, floor: Float, name: String
    ) throws(RemedyError) {
        guard suspect.count == base.count, information.count == base.count else {
            throw .counts(name: name, suspect: suspect.count, base: base.count, output: information.count)
        }
        for i in information.indices {
            let change = suspect[i] - base[i]
            information[i] = change * change / max(information[i], floor)
        }
    }
}
