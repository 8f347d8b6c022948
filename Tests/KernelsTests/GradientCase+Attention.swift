import Tensors

@testable import Kernels

extension GradientCase {
    /// Attention with everything that a network may ask of it.
    static let attentionOptions: [GradientCase] = {
        let sequences = PackedSequences(offsets: [0, 3, 4, 21])
        let spans: [(String, AttentionSpan)] = [
            ("causal", .causal), ("in a causal window", .causal(window: 3)), ("local", .local(2)),
        ]
        return spans.map { name, span in
            GradientCase("attention \(name), grouped queries", inputs: [(21, 16)]) { tape, x, _ in
                tape.attention(
                    queries: Columns(x[0], width: 8), keys: Columns(x[0], from: 8, width: 4),
                    values: Columns(x[0], from: 12, width: 4), querySequences: sequences, keySequences: sequences,
                    options: AttentionOptions(heads: 4, keyValueHeads: 2, scale: 0.6, dropout: 0, span: span))
            }
        } + [
            GradientCase("attention of one query that stands inside its keys", inputs: [(3, 4), (21, 4)]) {
                tape, x, _ in
                tape.attention(
                    queries: Columns(x[0], width: 4), keys: Columns(x[1], width: 2),
                    values: Columns(x[1], from: 2, width: 2), querySequences: PackedSequences(single: 3),
                    keySequences: sequences, starts: [1, 0, 11],
                    options: AttentionOptions(heads: 2, keyValueHeads: 1, dropout: 0, span: .causal(window: 5)))
            },
            GradientCase("attention with a relative bias", inputs: [(9, 12)], parameters: [[7, 2]]) { tape, x, p in
                let sequences = PackedSequences(offsets: [0, 6, 7, 9])
                let positions = RelativePositions { Int32(min(max($0, -3), 3) + 3) }
                let bias = tape.relativeBias(
                    p[0], positions, querySequences: sequences, keySequences: sequences)
                return tape.attention(
                    queries: Columns(x[0], width: 4), keys: Columns(x[0], from: 4, width: 4),
                    values: Columns(x[0], from: 8, width: 4), querySequences: sequences, keySequences: sequences,
                    options: AttentionOptions(heads: 2, dropout: 0), bias: bias)
            },
            GradientCase("attention with disentangled positions", inputs: [(9, 12), (7, 8)]) { tape, x, _ in
                disentangled(
                    tape, queries: Columns(x[0], width: 4), keys: Columns(x[0], from: 4, width: 4),
                    values: Columns(x[0], from: 8, width: 4), table: x[1],
                    querySequences: PackedSequences(offsets: [0, 6, 7, 9]),
                    keySequences: PackedSequences(offsets: [0, 6, 7, 9]))
            },
            GradientCase(
                "attention with disentangled positions of first queries", inputs: [(3, 4), (9, 8), (7, 8)]
            ) { tape, x, _ in
                disentangled(
                    tape, queries: Columns(x[0], width: 4), keys: Columns(x[1], width: 4),
                    values: Columns(x[1], from: 4, width: 4), table: x[2],
                    querySequences: PackedSequences(single: 3),
                    keySequences: PackedSequences(offsets: [0, 6, 7, 9]))
            },
        ]
    }()

    /// - Parameter table: positions for keys, then for queries, 4 columns each.
    private static func disentangled(
        _ tape: Tape, queries: Columns, keys: Columns, values: Columns, table: Activation,
        querySequences: PackedSequences, keySequences: PackedSequences
    ) -> Activation {
        let bias = tape.disentangledBias(
            [
                RelativeScores(queries: queries, table: Columns(table, width: 4)),
                RelativeScores(keys: keys, table: Columns(table, from: 4, width: 4)),
            ], RelativePositions { Int32(min(max($0, -3), 3) + 3) }, heads: 2, scale: 0.4,
            querySequences: querySequences, keySequences: keySequences)
        return tape.attention(
            queries: queries, keys: keys, values: values, querySequences: querySequences, keySequences: keySequences,
            options: AttentionOptions(heads: 2, scale: 0.4, dropout: 0), bias: bias)
    }
}
