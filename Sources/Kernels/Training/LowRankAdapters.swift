public import Tensors

/// Small trained matrices beside frozen weights: a product becomes x·Wᵀ + scale · (x·Aᵀ)·Bᵀ.
///
/// Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", ICLR 2022.
public struct LowRankAdapters: Sendable {
    /// The two matrices of one weight.
    public struct Pair: Sendable {
        /// The frozen weight: [out, in], or [in, out] where `inputsFirst`.
        public let weight: Parameter
        public let inputsFirst: Bool
        /// A: [rank, in], in the adapters' own layout.
        public let down: Parameter
        /// B: [out, rank], in the adapters' own layout.
        public let up: Parameter
    }

    /// In the order in which the weights lie in their buffer.
    public let pairs: [Pair]
    /// Every A and B.
    public let parameters: Parameters
    /// Columns of B and rows of A.
    public let rank: Int
    /// α.
    public let alpha: Double
    /// What (x·Aᵀ)·Bᵀ is multiplied with: α/rank.
    public var scale: Float { Float(alpha / Double(rank)) }

    /// Fresh adapters, which change nothing: A is uniform between ±1/√in, as PEFT draws it, and B is zero.
    ///
    /// - Parameters:
    ///   - weights: the matrices to adapt, each with whether it is stored [in, out].
    ///   - rank: at least 1.
    ///   - alpha: α.
    public init(
        _ weights: [(weight: Parameter, inputsFirst: Bool)], rank: Int, alpha: Double, seed: UInt64
    ) {
        var layout = ParameterLayout()
        pairs = weights.sorted { $0.weight.offset < $1.weight.offset }.map { weight, inputsFirst in
            let (inputs, outputs) = inputsFirst ? (weight.rows, weight.columns) : (weight.columns, weight.rows)
            return Pair(
                weight: weight, inputsFirst: inputsFirst,
                down: layout.add(weight.name + ".A", [rank, inputs], .normal),
                up: layout.add(weight.name + ".B", [outputs, rank], .zeros))
        }
        parameters = Parameters(layout: layout)
        self.rank = rank
        self.alpha = alpha
        for pair in pairs {
            let random = CounterRandom(seed: seed, stream: "adapter/" + pair.weight.name)
            let bound = 1 / Double(pair.down.columns).squareRoot()
            let values = parameters.floats(pair.down)
            for index in values.indices {
                values[index] = Float((2 * random.uniform(at: UInt64(index)) - 1) * bound)
            }
        }
    }

    /// The frozen weights with the adapters added: W + scale·B·A.
    ///
    /// - Parameter frozen: the parameters that the adapters were made for; they stay as they are.
    public func merged(into frozen: Parameters) -> Parameters {
        let merged = frozen.copy()
        for pair in pairs {
            let (weight, a, b) = (merged.floats(pair.weight), parameters.floats(pair.down), parameters.floats(pair.up))
            let inputs = pair.down.columns
            let scale = scale
            var change = [Float](repeating: 0, count: inputs)
            for output in 0..<pair.up.rows {
                for index in 0..<inputs { change[index] = 0 }
                for k in 0..<rank {
                    let factor = b[output * rank + k]
                    for index in 0..<inputs { change[index] += factor * a[k * inputs + index] }
                }
                for index in 0..<inputs {
                    let place = pair.inputsFirst ? index * pair.up.rows + output : output * inputs + index
                    weight[place] += scale * change[index]
                }
            }
        }
        return merged
    }

    /// What belongs to the product with one weight, which may join several adapted ones, or be some rows of one.
    func parts(of weight: Parameter) -> [Part] {
        pairs.compactMap { pair in
            let shared = pair.weight.range.clamped(to: weight.range)
            guard !shared.isEmpty else { return nil }
            if pair.inputsFirst { return Part(down: pair.down, up: pair.up, column: 0) }
            let rows = (shared.lowerBound - pair.weight.offset) / weight.columns
            let up = pair.up.slice(rows: rows..<rows + shared.count / weight.columns)
            return Part(down: pair.down, up: up, column: (shared.lowerBound - weight.offset) / weight.columns)
        }
    }

    /// A pair, or some rows of its B, and the first column of the product that it adds to.
    struct Part {
        let down: Parameter
        let up: Parameter
        let column: Int
    }
}
