/// One matrix product of a network's linear layer: of `rows` tokens with a weight [outputs, inputs].
struct ProductShape: Codable, Hashable, Sendable {
    enum Kind: String, Codable, Sendable {
        /// y [rows, outputs] = x · Wᵀ.
        case forward
        /// ∂x [rows, inputs] = ∂y · W.
        case inputGradient
        /// ∂W [outputs, inputs] = ∂yᵀ · x.
        case weightGradient
    }

    var kind: Kind
    var rows: Int
    var inputs: Int
    var outputs: Int

    /// Multiplications and additions.
    var operations: Double { 2 * Double(rows) * Double(inputs) * Double(outputs) }
}

/// Every matrix product that a BERT classifier makes of some batches, and what each role's products come to.
struct NetworkProducts {
    /// The products of one role, such as the first layer of all feed-forward blocks.
    struct Role {
        /// With the rows of the middle batch.
        let shape: ProductShape
        /// Multiplications and additions of all batches.
        let operations: Double
    }

    let roles: [Role]
    /// Multiplications and additions of attention's own products.
    let attentionOperations: Double

    /// - Parameters:
    ///   - batches: lengths of the sequences of each batch.
    ///   - kinds: forward alone, or all three for training.
    init(hidden: Int, intermediate: Int, layers: Int, labels: Int, batches: [[Int]], kinds: [ProductShape.Kind]) {
        let tokens = batches.map { $0.reduce(0, +) }
        let sequences = batches.map(\.count)
        var roles: [Role] = []
        func add(_ rows: [Int], _ inputs: Int, _ outputs: Int, times: Int) {
            let middle = rows.sorted()[rows.count / 2]
            for kind in kinds where times > 0 && middle > 0 {
                let shape = ProductShape(kind: kind, rows: middle, inputs: inputs, outputs: outputs)
                let all = Double(rows.reduce(0, +)) / Double(middle) * shape.operations * Double(times)
                roles.append(Role(shape: shape, operations: all))
            }
        }
        if !batches.isEmpty {
            add(tokens, hidden, 3 * hidden, times: layers - 1)
            add(tokens, hidden, hidden, times: layers - 1)
            add(tokens, hidden, intermediate, times: layers - 1)
            add(tokens, intermediate, hidden, times: layers - 1)
            // The last layer: keys and values of every token, everything else of each sequence's first.
            add(tokens, hidden, 2 * hidden, times: 1)
            add(sequences, hidden, hidden, times: 3)
            add(sequences, hidden, intermediate, times: 1)
            add(sequences, intermediate, hidden, times: 1)
            add(sequences, hidden, labels, times: 1)
        }
        self.roles = roles
        let lengths = batches.joined().map(Double.init)
        let whole = 4 * Double(hidden) * lengths.reduce(0) { $0 + $1 * $1 }
        let firstRows = 4 * Double(hidden) * lengths.reduce(0, +)
        // Each product has two more in the backward pass.
        attentionOperations = (whole * Double(layers - 1) + firstRows) * Double(kinds.count)
    }

    /// Seconds that the products take at given speeds; attention's at that of the largest product.
    func seconds(at speeds: [ProductSpeed]) -> Double {
        let byShape = Dictionary(speeds.map { ($0.shape, $0.gigaflops * 1e9) }) { first, _ in first }
        let largest = speeds.max { $0.shape.operations < $1.shape.operations }.map { $0.gigaflops * 1e9 } ?? 0
        let linear = roles.reduce(0) { $0 + $1.operations / (byShape[$1.shape] ?? largest) }
        return linear + attentionOperations / largest
    }
}
