internal import CKernels
public import Tensors

/// The constants of one AdamW step (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019).
public struct AdamWStep: Sendable {
    public var learningRate: Float
    public var beta1: Float
    public var beta2: Float
    public var epsilon: Float
    public var weightDecay: Float
    /// 1 − β₁ᵗ and 1 − β₂ᵗ at step t.
    public var firstCorrection: Float
    public var secondCorrection: Float
    /// Multiplies every gradient first: the clipping factor.
    public var gradientScale: Float

    public init(
        learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float, firstCorrection: Float,
        secondCorrection: Float, gradientScale: Float
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.firstCorrection = firstCorrection
        self.secondCorrection = secondCorrection
        self.gradientScale = gradientScale
    }

    fileprivate func constants(decay: Bool) -> assay_adamw_step {
        assay_adamw_step(
            learning_rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
            weight_decay: decay ? weightDecay : 0, first_correction: firstCorrection,
            second_correction: secondCorrection, gradient_scale: gradientScale)
    }
}

extension ComputeContext {
    /// One AdamW step on a range of the flat buffers, which mirror one another.
    public func adamW(
        _ step: AdamWStep, decay: Bool, range: Range<Int>, parameters: FloatBuffer, gradients: FloatBuffer,
        first: FloatBuffer, second: FloatBuffer
    ) {
        loops.pointee.adamw(
            parameters.pointer + range.lowerBound, gradients.pointer + range.lowerBound,
            first.pointer + range.lowerBound, second.pointer + range.lowerBound, range.count,
            step.constants(decay: decay))
    }

    /// The steps that a range missed while its gradient was zero, one after the other: the bits of dense AdamW.
    public func adamWCatchUp(
        _ steps: ArraySlice<AdamWStep>, decay: Bool, range: Range<Int>, parameters: FloatBuffer, first: FloatBuffer,
        second: FloatBuffer
    ) {
        let constants = steps.map { $0.constants(decay: decay) }
        loops.pointee.adamw_catch_up(
            parameters.pointer + range.lowerBound, first.pointer + range.lowerBound,
            second.pointer + range.lowerBound, range.count, constants, constants.count)
    }

    /// The steps that a range missed before it ever had a gradient: its moments are zero and only decay acts.
    public func adamWCatchUp(
        _ steps: ArraySlice<AdamWStep>, decay: Bool, untouched range: Range<Int>, parameters: FloatBuffer
    ) {
        let constants = steps.map { $0.constants(decay: decay) }
        let zeros = scratch(2 * range.count)
        zeros.update(repeating: 0, count: 2 * range.count)
        loops.pointee.adamw_catch_up(
            parameters.pointer + range.lowerBound, zeros, zeros + range.count, range.count, constants, constants.count)
    }

    /// y += x over a range.
    public func add(_ range: Range<Int>, of x: FloatBuffer, to y: FloatBuffer) {
        loops.pointee.add(y.pointer + range.lowerBound, x.pointer + range.lowerBound, range.count)
    }

    /// Σ x² over a range, in blocks: the same bits however the ranges are spread over threads.
    public func squaredNorm(_ range: Range<Int>, of x: FloatBuffer) -> Double {
        loops.pointee.squared_norm(x.pointer + range.lowerBound, range.count)
    }
}
