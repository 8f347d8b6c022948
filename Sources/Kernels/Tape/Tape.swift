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
    /// Of the parameters; nil where they are frozen or nothing is recorded.
    let gradients: Gradients?
    let adapters: LowRankAdapters?
    /// Of the adapters; nil where nothing is recorded.
    let adapterGradients: Gradients?
    let weights: ProductWeights
    var loops: assay_kernels { context.loops.pointee }
    private var steps: [any BackwardStep] = []
    private var dropoutBlocks: UInt64 = 0
    private let dropoutKey: UInt64?
    private var unread: Activation?
    /// Told of every matrix product's weight, rows of its buffer that may be part of a parameter or span several, and
    /// its input: a row a token, or a row a sequence.
    public var onProduct: ((Parameter, Activation) -> Void)?
    /// Told of every embedding's output, whose gradient can be read after the way back.
    public var onEmbedding: ((Activation) -> Void)?
    /// Whether the way back is recorded though no weight has a gradient.
    private let recordsActivations: Bool

    /// - Parameters:
    ///   - context: the calling thread's own.
    ///   - parameters: the model's values.
    ///   - gradients: where gradients go; nil for inference, which records nothing.
    ///   - adapters: added to the products of their weights; the gradients are then those of the adapters, and the
    ///     parameters are frozen.
    ///   - dropoutKey: key of this pass's masks; nil switches dropout off.
    ///   - weights: the form in which matrix products read the parameters; packed ones must not change.
    ///   - recordsActivations: without gradients of weights, makes those of activations on the way back.
    public init(
        context: ComputeContext, parameters: Parameters, gradients: Gradients? = nil, adapters: LowRankAdapters? = nil,
        dropoutKey: UInt64? = nil, weights: ProductWeights = .plain, recordsActivations: Bool = false
    ) {
        self.recordsActivations = recordsActivations
        self.context = context
        self.parameters = parameters
        self.adapters = adapters
        (self.gradients, adapterGradients) = adapters == nil ? (gradients, nil) : (nil, gradients)
        self.dropoutKey = dropoutKey
        self.weights = weights
    }

    /// Goes back over every recorded operation, last first, and forgets them.
    public func backward() {
        while let step = steps.popLast() { step.run(self) }
    }

    func record(_ step: @autoclosure () -> some BackwardStep) {
        if isRecording { steps.append(step()) }
    }

    var isRecording: Bool { gradients != nil || adapterGradients != nil || recordsActivations }

    /// Where a parameter's gradient is added to; where it is frozen, memory that nothing reads.
    func forAdding(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
        if let gradients { return gradients.forAdding(parameter) }
        if let unread, unread.count >= parameter.count { return unread.value.pointer }
        let unread = make(rows: 1, columns: parameter.count)
        unread.values.update(repeating: 0)
        self.unread = unread
        return unread.value.pointer
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
