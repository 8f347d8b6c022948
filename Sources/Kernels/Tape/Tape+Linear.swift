internal import CKernels
public import Tensors

/// How a checkpoint stores a linear map, and what else reads its matrix.
public struct LinearStorage: Sendable {
    /// [in, out] instead of [out, in], as GPT-2 has it.
    public var inputsFirst = false
    /// The matrix is also an embedding table: its gradient is added by rows, of which all are touched.
    public var isTable = false

    public init(inputsFirst: Bool = false, isTable: Bool = false) {
        (self.inputsFirst, self.isTable) = (inputsFirst, isTable)
    }
}

extension Tape {
    /// f(x·Wᵀ + b): [rows, in] → [rows, out].
    ///
    /// - Parameters:
    ///   - input: [rows, in].
    ///   - weight: [out, in], unless its storage says otherwise.
    ///   - bias: [out]; nil adds nothing.
    ///   - activation: f; nil for none. In inference it overwrites the product, which nothing reads any more.
    public func linear(
        _ input: Activation, weight: Parameter, bias: Parameter?, activation: ActivationFunction? = nil,
        storage: LinearStorage = LinearStorage()
    ) -> Activation {
        onProduct?(weight, input)
        let product = make(rows: input.rows, columns: storage.inputsFirst ? weight.columns : weight.rows)
        if input.rows > 0 { multiply(input, weight, bias, storage, into: product) }
        let lowRank = addLowRank(input, weight: weight, to: product)
        guard let activation else {
            record(
                LinearBackward(
                    input: input, weight: weight, bias: bias, storage: storage, lowRank: lowRank, activation: nil,
                    output: product))
            return product
        }
        let output = !isRecording ? product : make(rows: product.rows, columns: product.columns)
        activation.forward(loops)?(product.value.pointer, output.value.pointer, product.count)
        record(
            LinearBackward(
                input: input, weight: weight, bias: bias, storage: storage, lowRank: lowRank,
                activation: (activation, product), output: output))
        return output
    }

    private func multiply(
        _ input: Activation, _ weight: Parameter, _ bias: Parameter?, _ storage: LinearStorage,
        into output: Activation
    ) {
        var shape = MatrixProduct.Shape(
            m: input.rows, n: output.columns, k: input.columns, transposedB: !storage.inputsFirst,
            hasBias: bias != nil)
        let bias = bias.map { UnsafePointer(pointer($0)) }
        switch weights {
        case .packed(let packed):
            (shape.precision, shape.isPacked, shape.transposedB) = (packed.precision, true, false)
            let layout = context.packedLayout(n: shape.n, k: shape.k, precision: packed.precision)
            context.withFactor(input.value.pointer, input.count, packed.precision) { a in
                context.multiply(
                    shape, a: a, b: packed.pointer(weight, inputsFirst: storage.inputsFirst, layout, context),
                    bias: bias, c: output.value.pointer)
            }
        case .rounded(let rounded):
            guard let halves = rounded.pointer(weight) else { fallthrough }
            shape.precision = .bf16
            context.withFactor(input.value.pointer, input.count, .bf16) { a in
                context.multiply(shape, a: a, b: halves, bias: bias, c: output.value.pointer)
            }
        case .plain:
            context.multiply(
                shape, a: input.value.pointer, b: pointer(weight), bias: bias, c: output.value.pointer)
        }
    }
}

private struct LinearBackward: BackwardStep {
    let input: Activation
    let weight: Parameter
    let bias: Parameter?
    let storage: LinearStorage
    let lowRank: [LowRankTerm]
    /// f and x·Wᵀ + b.
    let activation: (function: ActivationFunction, product: Activation)?
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient, input.rows > 0 else { return }
        throughActivation(tape, upstream.pointer, tape.gradients.flatMap { gradients in bias.map(gradients.forAdding) })
        let dInput = input.gradientForWriting()
        let dWeight = tape.gradients.map { gradients in
            storage.isTable
                ? (gradients.forRows(Array(0..<Int32(weight.rows)), of: weight), false) : gradients.forWriting(weight)
        }
        switch tape.weights {
        case .packed(let packed): multiply(tape.context, upstream.pointer, packed, dInput)
        case .rounded(let rounded):
            guard let halves = rounded.pointer(weight) else { fallthrough }
            multiply(tape.context, upstream.pointer, rounded: halves, dInput, dWeight)
        case .plain: multiply(upstream.pointer, tape.pointer(weight), dInput, dWeight)
        }
        for term in lowRank {
            term.backward(tape, upstream.pointer, columns: output.columns, dInput: dInput.pointer)
        }
    }

    private typealias Target = (pointer: UnsafeMutablePointer<Float>, fresh: Bool)

    /// With packed weights, which are frozen.
    private func multiply(
        _ context: ComputeContext, _ slope: UnsafePointer<Float>, _ packed: PackedWeights, _ dInput: Target
    ) {
        let (n, k) = (input.columns, output.columns)
        let layout = context.packedLayout(n: n, k: k, precision: packed.precision)
        context.withFactor(slope, output.count, packed.precision) { slope in
            context.multiply(
                .init(
                    m: input.rows, n: n, k: k, precision: packed.precision, accumulates: !dInput.fresh, isPacked: true),
                a: slope, b: packed.pointer(weight, inputsFirst: !storage.inputsFirst, layout, context),
                c: dInput.pointer)
        }
    }

    private func multiply(
        _ context: ComputeContext, _ slope: UnsafePointer<Float>, rounded halves: UnsafePointer<UInt16>,
        _ dInput: Target, _ dWeight: Target?
    ) {
        let (m, n, k) = (input.rows, output.columns, input.columns)
        context.withFactor(slope, output.count, .bf16) { slope in
            context.multiply(
                .init(
                    m: m, n: k, k: n, precision: .bf16, transposedB: storage.inputsFirst,
                    accumulates: !dInput.fresh), a: slope, b: halves, c: dInput.pointer)
            guard let dWeight else { return }
            context.withFactor(input.value.pointer, input.count, .bf16) { input in
                let (a, b) = storage.inputsFirst ? (input, slope) : (slope, input)
                context.multiply(
                    .init(
                        m: storage.inputsFirst ? k : n, n: storage.inputsFirst ? n : k, k: m, precision: .bf16,
                        transposedA: true, accumulates: !dWeight.fresh), a: a, b: b, c: dWeight.pointer)
            }
        }
    }

    private func multiply(
        _ slope: UnsafePointer<Float>, _ matrix: UnsafePointer<Float>, _ dInput: Target, _ dWeight: Target?
    ) {
        let (m, n, k) = (input.rows, output.columns, input.columns)
        sgemm(
            transposeB: storage.inputsFirst, m: m, n: k, k: n, a: slope, b: matrix, beta: dInput.fresh ? 0 : 1,
            c: dInput.pointer)
        guard let dWeight else { return }
        let x = UnsafePointer(input.value.pointer)
        sgemm(
            transposeA: true, m: storage.inputsFirst ? k : n, n: storage.inputsFirst ? n : k, k: m,
            a: storage.inputsFirst ? x : slope, b: storage.inputsFirst ? slope : x, beta: dWeight.fresh ? 0 : 1,
            c: dWeight.pointer)
    }

    /// Turns the gradient of f's value into that of its argument, in place, and adds its column sums to the bias's:
    /// a few rows at a time, which stay in the cache in between.
    private func throughActivation(
        _ tape: Tape, _ slope: UnsafeMutablePointer<Float>, _ dBias: UnsafeMutablePointer<Float>?
    ) {
        let columns = output.columns
        let rows = max(1, 16_384 / columns)
        for start in stride(from: 0, to: output.rows, by: rows) {
            let count = min(rows, output.rows - start)
            let first = slope + start * columns
            if let (function, product) = activation {
                function.backward(tape.loops)?(
                    product.value.pointer + start * columns, first, first, count * columns)
            }
            if let dBias { tape.loops.column_sums(first, count, columns, dBias) }
        }
    }
}
