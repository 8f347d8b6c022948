internal import Tensors

extension Tape {
    /// Adds scale · (x·Aᵀ)·Bᵀ to a product for every adapter of its weight.
    ///
    /// - Returns: what the way back needs, an entry an adapter.
    func addLowRank(_ input: Activation, weight: Parameter, to product: Activation) -> [LowRankTerm] {
        guard let adapters, input.rows > 0 else { return [] }
        return adapters.parts(of: weight).map { part in
            let states = make(rows: input.rows, columns: adapters.rank)
            let term = LowRankTerm(part: part, input: input, states: states)
            term.forward(adapters, into: product)
            return term
        }
    }
}

/// One adapter's share of a product.
///
/// Its products are in f32 at any precision: they are a small part of the work, and the adapters are what is trained.
struct LowRankTerm {
    let part: LowRankAdapters.Part
    let input: Activation
    /// x·Aᵀ: [rows, rank].
    let states: Activation

    fileprivate func forward(_ adapters: LowRankAdapters, into product: Activation) {
        let values = adapters.parameters.values.pointer
        sgemm(
            transposeB: true, m: input.rows, n: adapters.rank, k: input.columns, a: input.value.pointer,
            b: values + part.down.offset, beta: 0, c: states.value.pointer)
        sgemm(
            transposeB: true, m: input.rows, n: part.up.rows, k: adapters.rank, alpha: adapters.scale,
            a: states.value.pointer, b: values + part.up.offset, beta: 1, c: product.value.pointer + part.column,
            strideC: product.columns)
    }

    /// Adds to the gradients of A, of B and of the input.
    ///
    /// - Parameters:
    ///   - slope: gradient of the whole product: [rows, columns].
    ///   - columns: of the whole product.
    ///   - dInput: holds the frozen weight's share already.
    func backward(
        _ tape: Tape, _ slope: UnsafePointer<Float>, columns: Int, dInput: UnsafeMutablePointer<Float>
    ) {
        guard let adapters = tape.adapters, let gradients = tape.adapterGradients else { return }
        let values = adapters.parameters.values.pointer
        let (rows, rank, outputs) = (input.rows, adapters.rank, part.up.rows)
        let slope = slope + part.column
        let dStates = tape.make(rows: rows, columns: rank)
        sgemm(
            m: rows, n: rank, k: outputs, alpha: adapters.scale, a: slope, strideA: columns,
            b: values + part.up.offset, beta: 0, c: dStates.value.pointer)
        let (dUp, upIsFresh) = gradients.forWriting(part.up)
        sgemm(
            transposeA: true, m: outputs, n: rank, k: rows, alpha: adapters.scale, a: slope, strideA: columns,
            b: states.value.pointer, beta: upIsFresh ? 0 : 1, c: dUp)
        let (dDown, downIsFresh) = gradients.forWriting(part.down)
        sgemm(
            transposeA: true, m: rank, n: input.columns, k: rows, a: dStates.value.pointer, b: input.value.pointer,
            beta: downIsFresh ? 0 : 1, c: dDown)
        sgemm(
            m: rows, n: input.columns, k: rank, a: dStates.value.pointer, b: values + part.down.offset, beta: 1,
            c: dInput)
    }
}
