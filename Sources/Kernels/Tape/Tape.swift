internal import CKernels
public import Tensors

/// One operation's way back: turns the gradient of its output into those of its inputs and parameters.
protocol BackwardStep {
    func run(_ tape: Tape)
}

/// Runs the operations of one forward pass and, when recording, remembers how to go back.
///
/// An architecture is a function that calls these operations. Each lies in its own file, its backward directly under
/// its forward, with a named struct for what it saves.
public final class Tape {
    let context: ComputeContext
    let parameters: Parameters
    let gradients: Gradients?
    let weights: ProductWeights
    var loops: assay_kernels { context.loops.pointee }
    private var steps: [any BackwardStep] = []
    private var dropoutBlocks: UInt64 = 0
    private let dropoutKey: UInt64?
    /// Told of every matrix product's weight, rows of its buffer that may be part of a parameter or span several, and
    /// its input: a row a token, or a row a sequence.
    public var onProduct: ((Parameter, Activation) -> Void)?

    /// - Parameters:
    ///   - context: the calling thread's own.
    ///   - parameters: the model's values.
    ///   - gradients: where gradients go; nil for inference, which records nothing.
    ///   - dropoutKey: key of this pass's masks; nil switches dropout off.
    ///   - weights: the form in which matrix products read the parameters; packed ones serve inference alone.
    public init(
        context: ComputeContext, parameters: Parameters, gradients: Gradients? = nil, dropoutKey: UInt64? = nil,
        weights: ProductWeights = .plain
    ) {
        self.context = context
        self.parameters = parameters
        self.gradients = gradients
        self.dropoutKey = dropoutKey
        self.weights = weights
    }

    /// Goes back over every recorded operation, last first, and forgets them.
    public func backward() {
        while let step = steps.popLast() { step.run(self) }
    }

    func record(_ step: @autoclosure () -> some BackwardStep) {
        if gradients != nil { steps.append(step()) }
    }

    func make(rows: Int, columns: Int) -> Activation { Activation(rows: rows, columns: columns, context: context) }

    func pointer(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
        parameters.values.pointer + parameter.offset
    }

    /// The masks of the next `count` elements, or nil where nothing is dropped.
    func nextMask(_ count: Int, probability: Double) -> DropoutMask? {
        guard let dropoutKey, probability > 0 else { return nil }
        let first = dropoutBlocks
        dropoutBlocks += UInt64((count + 63) / 64 * 16)
        return DropoutMask(
            key: dropoutKey, firstBlock: first,
            threshold: UInt32(min(probability * 0x1p32, Double(UInt32.max))), scale: Float(1 / (1 - probability)))
    }
}

/// A stretch of a counter-based dropout stream: drawn again in the backward pass instead of being stored.
struct DropoutMask {
    let key: UInt64
    let firstBlock: UInt64
    let threshold: UInt32
    let scale: Float
}
