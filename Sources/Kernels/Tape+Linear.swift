internal import CKernels
public import Tensors

extension Tape {
    /// f(x·Wᵀ + b): [rows, in] → [rows, out].
    ///
    /// - Parameters:
    ///   - input: [rows, in].
    ///   - weight: [out, in], as checkpoints store it.
    ///   - bias: [out].
    ///   - activation: f; nil for none. In inference it overwrites the product, which nothing reads any more.
    public func linear(
        _ input: Activation, weight: Parameter, bias: Parameter, activation: ActivationFunction? = nil
    ) -> Activation {
        onProduct?(weight, input)
        let product = make(rows: input.rows, columns: weight.rows)
        if input.rows > 0 { multiply(input, weight, bias, into: product) }
        guard let activation else {
            record(LinearBackward(input: input, weight: weight, bias: bias, activation: nil, output: product))
            return product
        }
        let output = gradients == nil ? product : make(rows: product.rows, columns: product.columns)
        activation.forward(loops)?(product.value.pointer, output.value.pointer, product.count)
        record(
            LinearBackward(
                input: input, weight: weight, bias: bias, activation: (activation, product), output: output))
        return output
    }

    private func multiply(_ input: Activation, _ weight: Parameter, _ bias: Parameter, into output: Activation) {
        let (m, n, k) = (input.rows, weight.rows, input.columns)
        switch weights {
        case .packed(let packed):
            let layout = context.packedLayout(n: n, k: k, precision: packed.precision)
            context.withFactor(input.value.pointer, input.count, packed.precision) { a in
                context.multiply(
                    .init(m: m, n: n, k: k, precision: packed.precision, hasBias: true, isPacked: true), a: a,
                    b: packed.pointer(weight, layout, context), bias: pointer(bias), c: output.value.pointer)
            }
        case .rounded(let rounded):
            guard let halves = rounded.pointer(weight) else { fallthrough }
            context.withFactor(input.value.pointer, input.count, .bf16) { a in
                context.multiply(
                    .init(m: m, n: n, k: k, precision: .bf16, transposedB: true, hasBias: true), a: a, b: halves,
                    bias: pointer(bias), c: output.value.pointer)
            }
        case .plain:
            context.multiply(
                .init(m: m, n: n, k: k, transposedB: true, hasBias: true), a: input.value.pointer, b: pointer(weight),
                bias: pointer(bias), c: output.value.pointer)
        }
    }
}

private struct LinearBackward: BackwardStep {
    let input: Activation
    let weight: Parameter
    let bias: Parameter
    /// f and x·Wᵀ + b.
    let activation: (function: ActivationFunction, product: Activation)?
    let output: Activation

    func run(_ tape: Tape) {
        guard let gradients = tape.gradients, let upstream = output.gradient, input.rows > 0 else { return }
        throughActivation(tape, upstream.pointer, gradients.forAdding(bias))
        let (m, n, k) = (input.rows, output.columns, input.columns)
        let (dInput, inputFresh) = input.gradientForWriting()
        let (dWeight, weightFresh) = gradients.forWriting(weight)
        guard case .rounded(let rounded) = tape.weights, let halves = rounded.pointer(weight) else {
            sgemm(m: m, n: k, k: n, a: upstream.pointer, b: tape.pointer(weight), beta: inputFresh ? 0 : 1, c: dInput)
            sgemm(
                transposeA: true, m: n, n: k, k: m, a: upstream.pointer, b: input.value.pointer,
                beta: weightFresh ? 0 : 1, c: dWeight)
            return
        }
        let context = tape.context
        context.withFactor(upstream.pointer, output.count, .bf16) { slope in
            context.multiply(
                .init(m: m, n: k, k: n, precision: .bf16, accumulates: !inputFresh), a: slope, b: halves, c: dInput)
            context.withFactor(input.value.pointer, input.count, .bf16) { input in
                context.multiply(
                    .init(m: n, n: k, k: m, precision: .bf16, transposedA: true, accumulates: !weightFresh), a: slope,
                    b: input, c: dWeight)
            }
        }
    }

    /// Turns the gradient of f's value into that of its argument, in place, and adds its column sums to the bias's:
    /// a few rows at a time, which stay in the cache in between.
    private func throughActivation(
        _ tape: Tape, _ slope: UnsafeMutablePointer<Float>, _ dBias: UnsafeMutablePointer<Float>
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
            tape.loops.column_sums(first, count, columns, dBias)
        }
    }
}
