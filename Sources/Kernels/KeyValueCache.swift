internal import Tensors

/// Keys and values of the tokens that one sequence has so far, layer by layer, for generation token by token.
public final class KeyValueCache {
    /// Tokens that every layer holds.
    public private(set) var length = 0
    private let capacity: Int
    private let layers: [(keys: Activation, values: Activation)]

    /// - Parameters:
    ///   - layers: of the network.
    ///   - width: columns of a layer's keys, and of its values.
    ///   - capacity: most tokens.
    ///   - context: of the thread that generates.
    public init(layers: Int, width: Int, capacity: Int, context: ComputeContext) {
        self.capacity = capacity
        self.layers = (0..<layers).map { _ in
            (
                Activation(rows: capacity, columns: width, context: context),
                Activation(rows: capacity, columns: width, context: context)
            )
        }
    }

    /// Puts new rows behind those of one layer and returns all that there are.
    ///
    /// - Parameters:
    ///   - keys: [new rows, width], like the values.
    ///   - layer: whose rows they are; `advance` follows once all layers have theirs.
    public func extend(
        _ layer: Int, keys: Columns, values: Columns
    ) -> (keys: Columns, values: Columns, sequences: PackedSequences) {
        let (heldKeys, heldValues) = layers[layer]
        copy(keys, to: heldKeys)
        copy(values, to: heldValues)
        return (
            Columns(heldKeys, width: heldKeys.columns), Columns(heldValues, width: heldValues.columns),
            PackedSequences(offsets: [0, length + keys.activation.rows])
        )
    }

    /// Counts the rows that every layer was given.
    public func advance(by rows: Int) { length += rows }

    private func copy(_ rows: Columns, to held: Activation) {
        let source = rows.activation
        precondition(length + source.rows <= capacity, "more tokens than the cache holds")
        for row in 0..<source.rows {
            (held.value.pointer + (length + row) * held.columns).update(
                from: source.value.pointer + row * source.columns + rows.first, count: held.columns)
        }
    }
}
